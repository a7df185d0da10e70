//! Models of the studio's pages, and results of its forms.

mod edit_page;
mod entity_input;
mod form_result;
mod list_page;
mod merge;
mod notice;
mod product_choices;
mod submitted_form;
mod trash_page;

pub use edit_page::{
    ArtistOption, EditPage, EntityDetails, EntityHead, PlacedProduct, ProductDetails,
    RetailerReview, RetailerUse,
};
pub use entity_input::EntityInput;
pub use form_result::{FormConflict, FormProblem, FormSuccess};
pub use list_page::{EntityListPage, EntityRow, ListParams, RowState};
pub use notice::Notice;
pub use product_choices::{ProductChoices, ProductName, chosen_products};
pub use submitted_form::{SubmittedForm, SubmittedInput};
pub use trash_page::{TrashPage, TrashSection, TrashedEntity};

#[cfg(test)]
mod tests;

//! Models of the studio's pages, and results of its forms.

mod edit_page;
mod entity_input;
mod form_answer;
mod list_page;
mod merge;
mod notice;
mod product_choices;
mod submitted;
mod trash_page;

pub use edit_page::{
    ArtistOption, EditPage, EntityDetails, EntityHead, PlacedProduct, ProductDetails,
    RetailerReview, RetailerUse,
};
pub use entity_input::EntityInput;
pub use form_answer::{FormConflict, FormProblem, FormSuccess};
pub use list_page::{EntityListPage, EntityRow, ListParams, RowState};
pub use notice::Notice;
pub use product_choices::{ProductChoices, ProductName, chosen_products};
pub use submitted::{Submitted, TypedForm};
pub use trash_page::{TrashPage, TrashSection, TrashedEntity};

#[cfg(test)]
mod tests;

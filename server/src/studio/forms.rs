//! Forms that create and change entities.

use app::{
    api::studio::{creation, edit, placements},
    pages::studio::edit_page::{self, Submitted},
    visit::Visit,
};
use axum::response::Response;
use types::{
    Problem,
    catalogue::{EntityForm, EntityKind, PlacementInput, VideoInput},
    pages::studio::{EditPage, EntityInput, FormProblem, FormSuccess, Notice, chosen_products},
};

use super::{StudioInput, path_id::PathId, refusal::refuse};
use crate::{content::Reader, forms::Posted, redirect::see_other};

/// The form of an entity that was sent, with the id in its path; a new entity has none.
struct Sent {
    reader: Reader,
    id: Option<String>,
    form: EntityForm<EntityInput>,
}

/// `POST /studio/videos/new`
pub(crate) async fn create<I: StudioInput>(posted: Posted<EntityForm<I>>) -> Response {
    let sent = Sent::new(None, posted);
    if sent.form.extras.more.is_some() {
        return sent.show_more_rows().await;
    }
    let created = creation::ssr::create_entity(&sent.reader.visit(), &sent.form).await;
    sent.answer(created).await
}

/// `POST /studio/videos/{id}`
pub(crate) async fn update<I: StudioInput>(
    PathId(id): PathId,
    posted: Posted<EntityForm<I>>,
) -> Response {
    let sent = Sent::new(Some(id.clone()), posted);
    if sent.form.extras.more.is_some() {
        return sent.show_more_rows().await;
    }
    let updated = creation::ssr::update_entity(&sent.reader.visit(), &id, &sent.form).await;
    sent.answer(updated).await
}

impl Sent {
    fn new<I: StudioInput>(id: Option<String>, posted: Posted<EntityForm<I>>) -> Self {
        Self {
            reader: posted.reader,
            id,
            form: posted.form.map(Into::into),
        }
    }

    /// Shows the form with more empty rows in the list that the pressed button names.
    async fn show_more_rows(self) -> Response {
        let page = match self.page().await {
            Ok(page) => page,
            Err(problem) => return self.answer(Err(problem.into())).await,
        };
        let path = self.reader.uri.path().to_owned();
        let submitted = Submitted {
            notice: Some(Notice::Rows),
            ..Submitted::default()
        };
        let content = edit_page::page(page, path, submitted);
        self.reader.show(content).await
    }

    /// Redirects, or shows the form again. When nothing else can be read, it is shown alone.
    async fn answer(mut self, answer: Result<FormSuccess, FormProblem>) -> Response {
        let problem = match answer {
            Ok(success) => return see_other(&success.location),
            Err(problem) => problem,
        };
        if let FormProblem::Conflict(conflict) = &problem {
            // Both versions are shown, so to save the form again is a decision.
            self.form = self.form.at_revision(conflict.revision);
        }
        let page = self.page().await;
        let page = page.unwrap_or_else(|_| EditPage::unread(self.form));
        let path = self.reader.uri.path().to_owned();
        let submitted = Submitted {
            problem: Some(problem),
            ..Submitted::default()
        };
        refuse(self.reader, page, path, submitted).await
    }

    /// The page with what was typed.
    async fn page(&self) -> Result<EditPage, Problem> {
        let (visit, form) = (self.reader.visit(), &self.form);
        let (kind, named) = (form.input.kind(), chosen_products(&form.input));
        let page = match &self.id {
            Some(id) => edit::ssr::read_edit_page(&visit, kind, id, &named).await?,
            None => {
                let artist = &form.extras.artist_id;
                edit::ssr::read_new_page(&visit, kind, artist, &named).await?
            }
        };
        let form = form.clone();
        Ok(EditPage { form, ..page })
    }
}

/// `POST /studio/videos/{id}/placements`
pub(crate) async fn add_placement(
    PathId(id): PathId,
    posted: Posted<EntityForm<PlacementInput>>,
) -> Response {
    let Posted { reader, form } = posted;
    let visit = reader.visit();
    let problem = match placements::ssr::add_placement(&visit, &id, &form).await {
        Ok(success) => return see_other(&success.location),
        Err(problem) => problem,
    };
    let page = page_of_video(&visit, &id, &form).await;
    let path = reader.uri.path();
    let path = path.strip_suffix("/placements").unwrap_or(path).to_owned();
    let submitted = Submitted {
        problem: Some(problem),
        placement: Some(form),
        ..Submitted::default()
    };
    refuse(reader, page, path, submitted).await
}

/// The page of the video, with the product that the placement names among its choices.
async fn page_of_video(visit: &Visit, id: &str, form: &EntityForm<PlacementInput>) -> EditPage {
    let named = placements::ssr::products_of(&form.input);
    let page = edit::ssr::read_edit_page(visit, EntityKind::Video, id, &named).await;
    page.unwrap_or_else(|_| {
        let video = |_| VideoInput::default().into();
        EditPage::unread(form.clone().map(video))
    })
}

//! One content page.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use leptos::prelude::*;

use super::Head;

type View = Box<dyn FnOnce() -> AnyView + Send>;

/// One content page, to be rendered once. The server provides it as a context.
#[derive(Clone)]
pub struct Content {
    /// What the page is called, without the name of the site. It may hold what people typed.
    pub title: String,
    /// What else the document says of itself.
    pub head: Head,
    /// Whether there are forms or a player in it that a program of their own makes alive.
    pub(crate) has_behaviour: bool,
    view: Arc<Mutex<Option<View>>>,
}

impl Content {
    /// A page that shows this. The view is made while the document is rendered, so it finds there
    /// what every page knows, and may take what it shows with it.
    pub fn new(title: impl Into<String>, view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self {
            title: title.into(),
            head: Head::default(),
            has_behaviour: false,
            view: Arc::new(Mutex::new(Some(Box::new(view)))),
        }
    }

    /// The page with this in its document's head.
    #[must_use]
    pub fn with_head(self, head: Head) -> Self {
        Self { head, ..self }
    }

    /// The page, whose forms or player a program of their own makes alive.
    #[must_use]
    pub(crate) fn with_behaviour(self) -> Self {
        Self {
            has_behaviour: true,
            ..self
        }
    }

    /// What it shows; nothing when it has been shown.
    pub(crate) fn show(&self) -> Option<AnyView> {
        let mut view = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        let view = view.take()?;
        Some(view())
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Content")
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}

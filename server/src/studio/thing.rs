//! The kinds of things in the studio, and what is done with each of them.

use app::pages::studio::{Choices, EntityInput, Shelf, Tag, sheet::Special};
use domain::{
    Caller,
    catalogue::{Catalogue, CatalogueError, RetailerKept, View},
    documents::Revision,
};
use serde::de::DeserializeOwned;
use types::{
    catalogue::{
        ArtistContent, ArtistInput, FormInput, ProductContent, ProductInput, RetailerInput, Status,
        VideoContent, VideoInput,
    },
    pages::Visibility,
};

use super::shown;

/// An answer of the domain that is on its way.
pub(super) type Answer<T> = Result<T, CatalogueError>;

/// A kind of things in the studio.
pub(crate) trait Thing: Send + Sync + 'static {
    /// What is kept of one.
    type Content: Send + Sync + 'static;
    /// What is typed of one.
    type Input: FormInput + Into<EntityInput> + DeserializeOwned + Send + Sync + 'static;
    /// Where its pages stand.
    const SHELF: Shelf;

    /// What one would type to get what is kept.
    fn input(content: &Self::Content) -> Self::Input;
    /// The same in the spelling in which it would be kept, if nothing of it is refused.
    fn normal(input: Self::Input) -> Self::Input;
    /// The same, published or not.
    fn with_status(input: Self::Input, status: Status) -> Self::Input;
    /// What it is called.
    fn name(content: &Self::Content) -> &str;
    /// Who sees it, by its author's choice; `None` where no author decides that.
    fn visibility(content: &Self::Content, artist: Option<&ArtistContent>) -> Option<Visibility>;

    /// Makes one.
    fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &Self::Input,
    ) -> impl Future<Output = Answer<View<Self::Content>>> + Send;
    /// Reads one.
    fn get(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
    ) -> impl Future<Output = Answer<View<Self::Content>>> + Send;
    /// Changes one.
    fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &Self::Input,
    ) -> impl Future<Output = Answer<View<Self::Content>>> + Send;
    /// Deletes one.
    fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> impl Future<Output = Answer<View<Self::Content>>> + Send;
    /// Takes a deletion back.
    fn restore(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
    ) -> impl Future<Output = Answer<View<Self::Content>>> + Send;
    /// One that is deleted and that the caller can restore.
    fn get_deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
    ) -> impl Future<Output = Answer<View<Self::Content>>> + Send;

    /// The products that a form of its can choose, of an artist or of all artists of the caller's;
    /// `itself` is none for a new one, `named` are those that the form names.
    fn choices(
        _: &Catalogue,
        _: &Caller,
        _artist: Option<&str>,
        _itself: Option<&str>,
        _named: &[String],
    ) -> impl Future<Output = Answer<Choices>> + Send {
        async { Ok(Choices::default()) }
    }

    /// What else its page shows. `tag` is what was typed to tag one more product, if that was
    /// refused.
    fn special(
        _: &Catalogue,
        _: &Caller,
        _: &View<Self::Content>,
        _: &Choices,
        _: Option<Tag>,
    ) -> impl Future<Output = Answer<Special>> + Send {
        async { Ok(Special::None) }
    }
}

/// Artists.
#[derive(Debug)]
pub(crate) struct Artists;
/// Videos.
#[derive(Debug)]
pub(crate) struct Videos;
/// Products.
#[derive(Debug)]
pub(crate) struct Products;
/// Retailers.
#[derive(Debug)]
pub(crate) struct Retailers;

/// What the three kinds that have an author do alike.
macro_rules! thing {
    ($kind:ident, $service:ident, $content:ident, $input:ident, $name:ident) => {
        type Content = $content;
        type Input = $input;
        const SHELF: Shelf = Shelf::$kind;

        fn input(content: &$content) -> $input {
            $input::from(content)
        }

        fn normal(input: $input) -> $input {
            input
                .check()
                .map_or(input, |content| $input::from(&content))
        }

        fn with_status(input: $input, status: Status) -> $input {
            $input { status, ..input }
        }

        fn name(content: &$content) -> &str {
            &content.$name
        }

        async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Answer<View<$content>> {
            catalogue.$service.get(caller, id).await
        }

        async fn change(
            catalogue: &Catalogue,
            caller: &Caller,
            id: &str,
            from: Revision,
            input: &$input,
        ) -> Answer<View<$content>> {
            catalogue.$service.change(caller, id, from, input).await
        }

        async fn delete(
            catalogue: &Catalogue,
            caller: &Caller,
            id: &str,
            from: Revision,
        ) -> Answer<View<$content>> {
            catalogue.$service.delete(caller, id, from).await
        }

        async fn restore(
            catalogue: &Catalogue,
            caller: &Caller,
            id: &str,
        ) -> Answer<View<$content>> {
            catalogue.$service.restore(caller, id).await
        }

        async fn get_deleted(
            catalogue: &Catalogue,
            caller: &Caller,
            id: &str,
        ) -> Answer<View<$content>> {
            catalogue.$service.get_deleted(caller, id).await
        }
    };
}

impl Thing for Artists {
    thing!(Artists, artists, ArtistContent, ArtistInput, name);

    fn visibility(content: &ArtistContent, _: Option<&ArtistContent>) -> Option<Visibility> {
        Some(Visibility::of_artist(content.status))
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        _: &str,
        input: &ArtistInput,
    ) -> Answer<View<ArtistContent>> {
        catalogue.artists.create(caller, input).await
    }

    async fn special(
        catalogue: &Catalogue,
        caller: &Caller,
        view: &View<ArtistContent>,
        _: &Choices,
        _: Option<Tag>,
    ) -> Answer<Special> {
        let links = catalogue.studio.links(caller, view).await?;
        Ok(Special::Artist(links))
    }
}

impl Thing for Videos {
    thing!(Videos, videos, VideoContent, VideoInput, title);

    fn visibility(content: &VideoContent, artist: Option<&ArtistContent>) -> Option<Visibility> {
        artist.map(|artist| Visibility::below_artist(content.status, artist.status))
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &VideoInput,
    ) -> Answer<View<VideoContent>> {
        catalogue.videos.create(caller, artist, input).await
    }

    async fn choices(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: Option<&str>,
        _: Option<&str>,
        named: &[String],
    ) -> Answer<Choices> {
        shown::choices(catalogue, caller, artist, None, named).await
    }

    async fn special(
        catalogue: &Catalogue,
        caller: &Caller,
        view: &View<VideoContent>,
        choices: &Choices,
        tag: Option<Tag>,
    ) -> Answer<Special> {
        shown::video(catalogue, caller, view, choices, tag).await
    }
}

impl Thing for Products {
    thing!(Products, products, ProductContent, ProductInput, name);

    fn visibility(content: &ProductContent, artist: Option<&ArtistContent>) -> Option<Visibility> {
        artist.map(|artist| Visibility::below_artist(content.status, artist.status))
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &ProductInput,
    ) -> Answer<View<ProductContent>> {
        catalogue.products.create(caller, artist, input).await
    }

    async fn choices(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: Option<&str>,
        itself: Option<&str>,
        named: &[String],
    ) -> Answer<Choices> {
        shown::choices(catalogue, caller, artist, itself, named).await
    }

    async fn special(
        catalogue: &Catalogue,
        _: &Caller,
        view: &View<ProductContent>,
        _: &Choices,
        _: Option<Tag>,
    ) -> Answer<Special> {
        Ok(Special::Product(catalogue.studio.pictures(view)))
    }
}

impl Thing for Retailers {
    type Content = RetailerKept;
    type Input = RetailerInput;
    const SHELF: Shelf = Shelf::Retailers;

    fn input(content: &RetailerKept) -> RetailerInput {
        RetailerInput::from(&content.retailer)
    }

    fn normal(input: RetailerInput) -> RetailerInput {
        input
            .check()
            .map_or(input, |content| RetailerInput::from(&content))
    }

    /// A moderator decides that, by other ways.
    fn with_status(input: RetailerInput, _: Status) -> RetailerInput {
        input
    }

    fn name(content: &RetailerKept) -> &str {
        &content.retailer.name
    }

    fn visibility(_: &RetailerKept, _: Option<&ArtistContent>) -> Option<Visibility> {
        None
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &RetailerInput,
    ) -> Answer<View<RetailerKept>> {
        catalogue.retailers.propose(caller, artist, input).await
    }

    async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Answer<View<RetailerKept>> {
        catalogue.retailers.get(caller, id).await
    }

    async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &RetailerInput,
    ) -> Answer<View<RetailerKept>> {
        catalogue.retailers.change(caller, id, from, input).await
    }

    async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Answer<View<RetailerKept>> {
        catalogue.retailers.delete(caller, id, from).await
    }

    async fn restore(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
    ) -> Answer<View<RetailerKept>> {
        catalogue.retailers.restore(caller, id).await
    }

    async fn get_deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
    ) -> Answer<View<RetailerKept>> {
        catalogue.retailers.get_deleted(caller, id).await
    }

    async fn special(
        catalogue: &Catalogue,
        caller: &Caller,
        view: &View<RetailerKept>,
        _: &Choices,
        _: Option<Tag>,
    ) -> Answer<Special> {
        shown::retailer(catalogue, caller, view).await
    }
}

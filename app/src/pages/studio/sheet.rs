//! The page of one thing, or of a new one: its form, and what else can be done with it.

use leptos::prelude::*;
use types::{
    NextPath, Problem,
    catalogue::{FORM_VERSION, Status},
    pages::{ForeignLink, ForeignPicture, ForeignVideo, Visibility},
};

use super::{
    Choices, Difference, EntityInput, Form, Notice, RetailerReview, Shelf, Tag, Tagged, artist,
    clash, foreign_hosts,
    form::{id_of, label, sentence},
    frame::{Room, page as room_page},
    notice, player, product, retailer, review, tag, video, visibility,
};
use crate::{content::Content, texts::texts};

/// The page of one thing, or of a new one.
#[derive(Debug)]
pub struct Sheet {
    /// The form, with what is saved or what was typed.
    pub form: Form,
    /// The thing; a new one is none yet, and of one that cannot be read nothing is known.
    pub thing: Option<Thing>,
    /// Where the form is sent to.
    pub action: String,
    /// The artists that a new entity can belong to.
    pub artists: Artists,
    /// The products that can be chosen.
    pub products: Choices,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why what was sent is refused, but for single fields.
    pub refused: Option<Refused>,
    /// What only some kinds of things have.
    pub special: Special,
}

/// The artists to choose from.
#[derive(Clone, Debug, PartialEq)]
pub enum Artists {
    /// These, by id and name.
    Known(Vec<(String, String)>),
    /// They could not be read: nobody is signed in any more, or the store is down.
    Unknown,
}

/// A thing that there is.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u64,
    /// What it is called.
    pub name: String,
    /// Its artist, by id and name; an artist has none.
    pub artist: Option<(String, String)>,
    /// Whether everybody sees it; nobody decides that of a retailer.
    pub visibility: Option<Visibility>,
    /// Where everybody sees it.
    pub public_path: String,
}

/// What only some kinds of things have.
#[derive(Debug)]
pub enum Special {
    /// Nothing.
    None,
    /// An artist: its links.
    Artist(Vec<ForeignLink>),
    /// A product: its pictures.
    Product(Vec<ForeignPicture>),
    /// A video: where it is watched, what is in it, and the form that tags more.
    Video(Option<ForeignVideo>, Vec<Tagged>, Box<Tag>),
    /// A video that could not be read: the form that tags more, as it was typed.
    UnreadVideo(Box<Tag>),
    /// A retailer: what is decided about it.
    Retailer(RetailerReview),
}

/// Why what was sent is refused, but for single fields.
#[derive(Clone, Debug)]
pub enum Refused {
    /// Somebody else was faster.
    Clash(Vec<Difference>),
    /// No artist is chosen.
    NoArtist,
    /// The chosen artist does not exist any more, or belongs to another account.
    ArtistGone,
    /// Something else.
    Problem(Problem),
}

/// The page as content.
pub fn page(sheet: Sheet) -> Content {
    let title = match &sheet.thing {
        Some(thing) => thing.name.clone(),
        None => untitled(&sheet),
    };
    Content::new(title.clone(), move || show(&sheet, title)).with_behaviour()
}

/// What is new is called so; what cannot be read is called what was typed.
fn untitled(sheet: &Sheet) -> String {
    if let Special::UnreadVideo(_) = &sheet.special {
        return texts().studio.player.tag_heading.to_owned();
    }
    let typed = sheet.form.name().filter(|_| sheet.is_lost());
    let new = (texts().studio.shelf)(sheet.form.shelf).new;
    typed.unwrap_or(new).to_owned()
}

fn show(sheet: &Sheet, title: String) -> AnyView {
    let children = view! {
        {sheet.thing.as_ref().map(|thing| state(sheet, thing))}
        {notice::show(sheet.notice)}
        {refusal(sheet)}
        {special(sheet)}
        {sheet.products.proposals()}
        {main_form(sheet)}
        {sheet.thing.as_ref().and_then(|thing| deletion(sheet, thing))}
    };
    room_page(Room::Shelf(sheet.form.shelf), title, children.into_any())
}

/// Whose it is, who sees it, and the button that changes that.
fn state(sheet: &Sheet, thing: &Thing) -> AnyView {
    let texts = &texts().studio.sheet;
    let artist = thing.artist.clone().map(|(id, name)| {
        view! { <a class="studio-state-artist" href=Shelf::Artists.path_of(&id)><bdi>{name}</bdi></a> }
    });
    let public = match thing.visibility {
        Some(Visibility::Public) => Some(view! {
            <a class="studio-state-link" href=thing.public_path.clone()>{texts.see}</a>
        }),
        _ => None,
    };
    view! {
        <div class="studio-state">
            {artist}
            {thing.visibility.map(visibility::badge)}
            {public}
            {thing.visibility.map(|visibility| publication(sheet.form.shelf, thing, visibility))}
        </div>
    }
    .into_any()
}

fn publication(shelf: Shelf, thing: &Thing, visibility: Visibility) -> AnyView {
    let texts = &texts().studio.sheet;
    let (end, label) = match visibility {
        Visibility::Draft => ("/publication", texts.publish),
        Visibility::Public | Visibility::ArtistIsDraft => ("/publication/end", texts.withdraw),
    };
    view! {
        <form method="post" action=[&shelf.path_of(&thing.id), end].concat()>
            {revision(Some(thing.revision))}
            <button class="button button-quiet" type="submit">{label}</button>
        </form>
    }
    .into_any()
}

fn revision(revision: Option<u64>) -> Option<AnyView> {
    let revision = revision?.to_string();
    Some(view! { <input type="hidden" name="revision" value=revision/> }.into_any())
}

/// Why it was refused, before everything else and with links to what is to be mended.
fn refusal(sheet: &Sheet) -> Option<AnyView> {
    let texts = &texts().studio;
    let fields = sheet.form.refused();
    let body = match &sheet.refused {
        Some(Refused::Clash(differences)) => view! {
            <h2>{texts.clash.heading}</h2>
            <p>{texts.clash.lead}</p>
            {clash::show(differences)}
        }
        .into_any(),
        Some(Refused::NoArtist) => view! { <p>{texts.sheet.choose_artist}</p> }.into_any(),
        Some(Refused::ArtistGone) => view! { <p>{texts.sheet.artist_gone}</p> }.into_any(),
        Some(Refused::Problem(problem)) => problem_body(problem)?,
        None if fields.is_empty() => return None,
        None => {
            let links = fields.iter().map(|one| {
                let id = ["#", &id_of(&one.form_name())].concat();
                view! {
                    <li>
                        <a href=id>{label(one)}</a>
                        ": "
                        {sentence(one)}
                    </li>
                }
            });
            view! {
                <p>{texts.sheet.fields_refused}</p>
                <ul>{links.collect::<Vec<_>>()}</ul>
            }
            .into_any()
        }
    };
    Some(
        view! { <div class="problem-notice" role="alert" tabindex="-1" autofocus>{body}</div> }
            .into_any(),
    )
}

fn problem_body(problem: &Problem) -> Option<AnyView> {
    let sentence = (texts().studio.problem)(problem)?;
    let log_in = (*problem == Problem::Unauthenticated).then(|| {
        // In a new tab: this one keeps what was typed.
        let next = NextPath::parse("/studio").encoded();
        view! {
            <a href=["/login?next=", &next].concat() target="_blank">
                {texts().problems.session_ended_link}
            </a>
        }
    });
    let bin = (*problem == Problem::NotFound).then(|| {
        let bin = &texts().studio.bin;
        view! { <a href=Room::Bin.path() target="_blank">{bin.open}</a> }
    });
    Some(view! { <p>{sentence}</p> {log_in} {bin} }.into_any())
}

fn special(sheet: &Sheet) -> Option<AnyView> {
    let thing = sheet.thing.as_ref()?;
    match &sheet.special {
        Special::None | Special::UnreadVideo(_) => None,
        Special::Artist(links) => foreign_hosts::links(links),
        Special::Product(pictures) => foreign_hosts::pictures(pictures),
        Special::Video(video, tagged, tag) => {
            let path = Shelf::Videos.path_of(&thing.id);
            Some(player::section(&path, video.as_ref(), tagged, tag))
        }
        Special::Retailer(review) => Some(review::panel(&thing.id, thing.revision, review)),
    }
}

fn main_form(sheet: &Sheet) -> AnyView {
    let texts = &texts().studio;
    let form = &sheet.form;
    let is_typed = sheet.refused.is_some() || form.more.is_some() || !form.refused().is_empty();
    let has_none = sheet.artists == Artists::Known(Vec::new());
    if sheet.thing.is_none() && form.shelf.has_artist() && has_none && !is_typed {
        return view! {
            <p>{texts.sheet.no_artist}</p>
            <p><a class="button" href=Shelf::Artists.path_of_new()>{texts.sheet.no_artist_link}</a></p>
        }
        .into_any();
    }
    if let Special::UnreadVideo(typed) = &sheet.special {
        return tag::form(sheet.action.clone(), typed);
    }
    if let Special::Retailer(review) = &sheet.special
        && !review.is_changeable()
    {
        return view! { <p>{texts.review.by_moderators}</p> {closed(form)} }.into_any();
    }
    let label = match sheet.is_of_new() {
        true => (texts.shelf)(form.shelf).create,
        false => texts.sheet.save,
    };
    view! {
        <form
            class="form studio-form"
            method="post"
            action=sheet.action.clone()
            novalidate
            data-check=form.shelf.check()
            data-line=texts.sheet.in_line
            data-keep=texts.sheet.leave
            data-unsaved=is_typed.then_some("")
        >
            // Enter in a field presses the first button of a form, which must be the one that saves.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
                {label}
            </button>
            <input type="hidden" name="form_version" value=FORM_VERSION/>
            <span id="revision" data-part="">{revision(form.revision)}</span>
            {artist_choice(sheet)}
            {fields(form)}
            {form.status().map(status)}
            <div class="form-end">
                <button class="submit-button button" type="submit">{label}</button>
            </div>
        </form>
    }
    .into_any()
}

/// What a form says that its reader must not change.
fn closed(form: &Form) -> Option<AnyView> {
    let EntityInput::Retailer(retailer) = &form.input else {
        return None;
    };
    Some(view! { <p dir="auto">{retailer.domains.join(", ")}</p> }.into_any())
}

fn fields(form: &Form) -> AnyView {
    match &form.input {
        EntityInput::Artist(artist) => artist::fields(form, artist),
        EntityInput::Video(video) => video::fields(form, video),
        EntityInput::Product(product) => product::fields(form, product),
        EntityInput::Retailer(retailer) => retailer::fields(form, retailer),
    }
}

/// The choice of an artist. If the artists could not be read, the chosen one is kept.
fn artist_choice(sheet: &Sheet) -> Option<AnyView> {
    if !sheet.is_of_new() || !sheet.form.shelf.has_artist() {
        return None;
    }
    let (name, chosen) = ("artist_id", sheet.form.artist_id.as_str());
    match &sheet.artists {
        Artists::Known(artists) if !artists.is_empty() => {
            let label = texts().studio.sheet.artist;
            let select = super::field::select(name.to_owned(), label, artists.clone(), chosen);
            Some(select)
        }
        Artists::Known(_) | Artists::Unknown if chosen.is_empty() => None,
        Artists::Known(_) | Artists::Unknown => {
            let chosen = chosen.to_owned();
            Some(view! { <input type="hidden" name=name value=chosen/> }.into_any())
        }
    }
}

fn status(status: Status) -> AnyView {
    let texts = &texts().studio.sheet;
    let choice = |one: Status, label: &'static str| {
        view! {
            <label class="check-field">
                <input type="radio" name="status" value=one.name() checked=one == status/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend>{texts.status}</legend>
            {choice(Status::Draft, texts.draft)}
            {choice(Status::Published, texts.published)}
            <p class="form-field-hint">{texts.status_hint}</p>
        </fieldset>
    }
    .into_any()
}

fn deletion(sheet: &Sheet, thing: &Thing) -> Option<AnyView> {
    if let Special::Retailer(review) = &sheet.special
        && !review.is_changeable()
    {
        return None;
    }
    let texts = &texts().studio.sheet;
    let shelf = sheet.form.shelf;
    let action = [&shelf.path_of(&thing.id), "/deletion"].concat();
    Some(
        view! {
            <section class="studio-deletion">
                <h2>{texts.delete_heading}</h2>
                <p>{(texts.delete_lead)(shelf)}</p>
                <form method="post" action=action>
                    {revision(Some(thing.revision))}
                    <button class="button button-quiet" type="submit">{texts.delete}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

impl Sheet {
    /// Whether its form makes something, and changes nothing: what cannot be read, or is not there any
    /// more, had a revision when the form was shown.
    fn is_of_new(&self) -> bool {
        self.thing.is_none() && self.form.revision.is_none()
    }

    /// Whether something keeps us from knowing what there is, so that nothing follows from a list
    /// that is empty.
    fn is_lost(&self) -> bool {
        matches!(self.refused, Some(Refused::Problem(_)))
    }
}

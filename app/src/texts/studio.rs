//! Texts of the studio.

#[cfg(feature = "ssr")]
use types::FullQuota;
use types::{Field, Problem, Reason, catalogue::EntityKind, pages::studio::Notice};

/// Texts of the studio.
pub(crate) struct StudioTexts {
    pub(crate) title: &'static str,
    /// The title of a page, without the name of the site.
    pub(crate) page_title: fn(&str) -> String,
    pub(crate) navigation: &'static str,
    pub(crate) heading: fn(Option<&str>) -> String,
    pub(crate) lead: &'static str,
    pub(crate) kind: fn(EntityKind) -> KindTexts,
    pub(crate) trash: TrashTexts,
    pub(crate) steps: StepTexts,
    pub(crate) overview: OverviewTexts,
    pub(crate) list: StudioListTexts,
    pub(crate) edit_page: EditPageTexts,
    pub(crate) rows: RowTexts,
    pub(crate) conflict: ConflictTexts,
    pub(crate) review: ReviewTexts,
    pub(crate) player: PlayerTexts,
    pub(crate) foreign_hosts: ForeignHostTexts,
    pub(crate) session_heading: &'static str,
    pub(crate) account_link: &'static str,
    pub(crate) notice: fn(Notice) -> &'static str,
    /// Notice for an entity that was published below a draft: the texts before and after the artist.
    pub(crate) published_below_draft: (&'static str, &'static str),
    pub(crate) field: fn(Field) -> FieldTexts,
    pub(crate) availability: fn(types::catalogue::Availability) -> &'static str,
    pub(crate) tier: fn(types::catalogue::Tier) -> &'static str,
    /// Why the value of a field is refused, for every field.
    pub(crate) reason: fn(Field, Reason) -> String,
    /// The sentence for a used-up quota.
    #[cfg(feature = "ssr")]
    pub(crate) quota: fn(FullQuota) -> String,
    /// Why a form as a whole was refused; `None` if the page shows the errors itself.
    pub(crate) problem: fn(&Problem) -> Option<String>,
}

/// Label and hint of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldTexts {
    pub(crate) label: &'static str,
    pub(crate) hint: Option<&'static str>,
}

/// Texts about one kind of entities.
pub(crate) struct KindTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) new: &'static str,
    pub(crate) create: &'static str,
    pub(crate) search: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) count: fn(u64) -> String,
}

/// The trash.
pub(crate) struct TrashTexts {
    pub(crate) title: &'static str,
    pub(crate) open: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) empty: &'static str,
    /// Shown if no entity of the selected kind is in the trash.
    pub(crate) empty_kind: &'static str,
    /// The link from one kind to the trash of all kinds.
    pub(crate) all: &'static str,
    pub(crate) deleted_at: fn(&str) -> String,
    pub(crate) restore: &'static str,
    pub(crate) restore_named: fn(&str) -> String,
    pub(crate) undo: &'static str,
    pub(crate) deleted: fn(&str) -> String,
}

/// The steps of a first visit.
pub(crate) struct StepTexts {
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) done: &'static str,
    pub(crate) all_done: &'static str,
    pub(crate) waits: &'static str,
    /// Heading, lead and button.
    pub(crate) artist: (&'static str, &'static str, &'static str),
    pub(crate) video: (&'static str, &'static str, &'static str),
    pub(crate) product: (&'static str, &'static str, &'static str),
}

/// The overview.
pub(crate) struct OverviewTexts {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) public_of: fn(u64, u64) -> String,
    pub(crate) hidden: &'static str,
    pub(crate) all_public: &'static str,
    pub(crate) none: &'static str,
    pub(crate) more: fn(u64) -> String,
}

/// The list of an account's entities.
pub(crate) struct StudioListTexts {
    pub(crate) name: &'static str,
    pub(crate) artist: &'static str,
    pub(crate) status: &'static str,
    pub(crate) updated: &'static str,
    pub(crate) domains: &'static str,
    pub(crate) sort: &'static str,
    pub(crate) sort_updated: &'static str,
    pub(crate) sort_name: &'static str,
    pub(crate) sort_newest: &'static str,
    pub(crate) sort_relevance: &'static str,
    pub(crate) all_artists: &'static str,
    pub(crate) go: &'static str,
    pub(crate) pages: &'static str,
    pub(crate) page_of: fn(u32, u32) -> String,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) clear: &'static str,
}

/// The page that creates or edits an entity.
pub(crate) struct EditPageTexts {
    pub(crate) save: &'static str,
    pub(crate) draft: &'static str,
    pub(crate) published: &'static str,
    pub(crate) status: &'static str,
    pub(crate) status_hint: &'static str,
    pub(crate) artist: &'static str,
    pub(crate) no_artist: &'static str,
    pub(crate) no_artist_link: &'static str,
    pub(crate) choose_artist: &'static str,
    pub(crate) artist_gone: &'static str,
    pub(crate) publish: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) public: &'static str,
    pub(crate) is_draft: &'static str,
    pub(crate) artist_is_draft: &'static str,
    pub(crate) see: &'static str,
    pub(crate) delete_heading: &'static str,
    pub(crate) delete_lead: fn(EntityKind) -> &'static str,
    pub(crate) delete: &'static str,
    pub(crate) leave: &'static str,
    pub(crate) required: &'static str,
    pub(crate) fields_refused: &'static str,
    pub(crate) availability: &'static str,
    /// The badge of an offer that only its owner sees, and its explanation.
    pub(crate) unlisted_offer: (&'static str, &'static str),
    pub(crate) tier: &'static str,
    pub(crate) in_row: fn(&str, usize) -> String,
    /// Takes the number of the line and a sentence.
    pub(crate) in_line: fn(usize, &str) -> String,
}

/// Rows of a list in a form.
pub(crate) struct RowTexts {
    pub(crate) order: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) add: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) drag: &'static str,
    pub(crate) keys: &'static str,
    /// Announcements; they take the number of the row and the number of rows.
    pub(crate) moved: fn(usize, usize) -> String,
    pub(crate) added: fn(usize, usize) -> String,
    pub(crate) removed: fn(usize, usize) -> String,
    pub(crate) row: fn(Field) -> &'static str,
}

/// A conflict with another user's change.
pub(crate) struct ConflictTexts {
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    /// The lead if untouched fields were merged from the stored version.
    pub(crate) merged: &'static str,
    pub(crate) same: &'static str,
    pub(crate) field: &'static str,
    pub(crate) now: &'static str,
    pub(crate) yours: &'static str,
    pub(crate) nothing: &'static str,
}

/// The review of a retailer.
pub(crate) struct ReviewTexts {
    pub(crate) heading: &'static str,
    pub(crate) proposed: &'static str,
    pub(crate) proposed_lead: &'static str,
    pub(crate) approved: &'static str,
    pub(crate) approved_lead: &'static str,
    pub(crate) blocked: &'static str,
    pub(crate) blocked_lead: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) block: &'static str,
    pub(crate) reopen: &'static str,
    pub(crate) uses: fn(u64) -> String,
    pub(crate) by_moderators: &'static str,
}

/// The player beside the placements of a video.
pub(crate) struct PlayerTexts {
    pub(crate) heading: &'static str,
    pub(crate) load: fn(&str) -> String,
    pub(crate) load_hint: fn(&str) -> String,
    pub(crate) watch: fn(&str) -> String,
    pub(crate) no_link: &'static str,
    pub(crate) no_player: &'static str,
    pub(crate) no_time: &'static str,
    pub(crate) frame: &'static str,
    pub(crate) tagged: &'static str,
    pub(crate) nothing_tagged: &'static str,
    pub(crate) whole: &'static str,
    pub(crate) tag_heading: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) now: &'static str,
    pub(crate) no_products: &'static str,
    pub(crate) no_products_link: &'static str,
}

/// Notes about hosts that are not approved or not listed; each takes the hosts.
pub(crate) struct ForeignHostTexts {
    pub(crate) pictures: fn(&str) -> String,
    pub(crate) links: fn(&str) -> String,
    pub(crate) player: fn(&str) -> String,
}

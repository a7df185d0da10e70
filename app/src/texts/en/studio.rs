//! The English texts of the studio.

use types::{
    Problem,
    catalogue::{Availability, EntityKind, Tier},
    pages::studio::Notice,
};

use super::{
    duration,
    reasons::{quota_sentence, sentence},
};
use crate::texts::studio::{
    ConflictTexts, EditPageTexts, ForeignHostTexts, KindTexts, OverviewTexts, PlayerTexts,
    ReviewTexts, RowTexts, StepTexts, StudioListTexts, StudioTexts, TrashTexts,
};

mod field;

pub(crate) static STUDIO: StudioTexts = StudioTexts {
    title: "Studio",
    page_title: |page| [page, " · Studio"].concat(),
    navigation: "Studio",
    heading: |name| match name {
        Some(name) => ["Welcome, ", name].concat(),
        None => "Welcome to your studio".to_owned(),
    },
    lead: "This is where you keep your work in order. Only you can see this page.",
    kind,
    trash: BIN,
    steps: STEPS,
    overview: OVERVIEW,
    list: LIST,
    edit_page: SHEET,
    rows: ROWS,
    conflict: CLASH,
    review: REVIEW,
    player: PLAYER,
    foreign_hosts: FOREIGN_HOSTS,
    session_heading: "This session",
    account_link: "Go to your account",
    notice,
    published_below_draft: ("Published, but nobody sees it until", "is."),
    field: field::label,
    reason: sentence,
    #[cfg(feature = "ssr")]
    quota: quota_sentence,
    availability: |availability| match availability {
        Availability::Unknown => "not known",
        Availability::InStock => "in stock",
        Availability::OutOfStock => "out of stock",
        Availability::PreOrder => "to order ahead",
        Availability::Discontinued => "no longer made",
    },
    tier: |tier| match tier {
        Tier::Cheaper => "cheaper",
        Tier::Dearer => "dearer",
    },
    problem,
};

const BIN: TrashTexts = TrashTexts {
    title: "Bin",
    open: "Open the bin",
    lead: "What you delete stays here for thirty days. Nothing of it was touched: restored, it is \
           where it was, with everything that belongs to it.",
    empty: "The bin is empty.",
    empty_kind: "Nothing of this kind is in the bin.",
    all: "Everything in the bin",
    deleted_at: |moment| ["deleted on ", moment].concat(),
    restore: "Restore",
    restore_named: |name| ["Restore ", name].concat(),
    undo: "Undo",
    deleted: |name| {
        [
            "“",
            name,
            "” is deleted. For thirty days you can take that back.",
        ]
        .concat()
    },
};

const STEPS: StepTexts = StepTexts {
    heading: "Three steps to your first page",
    lead: "A line each. Everything else can wait, and nobody sees any of it before you publish it.",
    done: "Done",
    all_done: "All three are done. Open what you made below, complete it and publish it.",
    waits: "This comes after the first step.",
    artist: (
        "Who is in it?",
        "The name under which you publish: your own, or your channel’s.",
        "Add the artist",
    ),
    video: (
        "Paste the link of a video",
        "It stays where it is. We only keep the link, and what is to be seen at which second.",
        "Add the video",
    ),
    product: (
        "Name a product",
        "Something that people ask about. Where it is sold comes later.",
        "Add the product",
    ),
};

const OVERVIEW: OverviewTexts = OverviewTexts {
    title: "Overview",
    heading: "What everybody sees",
    public_of: |public, total| {
        [&public.to_string(), " of ", &total.to_string(), " public"].concat()
    },
    hidden: "Not public:",
    all_public: "All of it is public.",
    none: "Nothing here yet.",
    more: |more| ["and ", &more.to_string(), " more"].concat(),
};

const LIST: StudioListTexts = StudioListTexts {
    name: "Name",
    artist: "Artist",
    status: "Status",
    updated: "Changed",
    domains: "Domains",
    sort: "Order",
    sort_updated: "Last changed first",
    sort_name: "By name",
    sort_newest: "Newest first",
    sort_relevance: "Best match first",
    all_artists: "All artists",
    go: "Show",
    pages: "Pages",
    page_of: |page, pages| ["Page ", &page.to_string(), " of ", &pages.to_string()].concat(),
    previous: "Previous page",
    next: "Next page",
    nothing_found: "Nothing of yours fits. Try fewer letters.",
    clear: "Show everything",
};

const SHEET: EditPageTexts = EditPageTexts {
    save: "Save",
    draft: "Draft",
    published: "Published",
    status: "Who sees it",
    status_hint: "Visitors do not see a draft.",
    artist: "Artist",
    no_artist: "Everything belongs to an artist, and you have none yet.",
    no_artist_link: "Add an artist first",
    choose_artist: "Choose the artist that it belongs to.",
    artist_gone: "This artist is not there any more, or belongs to another account. Choose another one.",
    publish: "Publish",
    withdraw: "Make it a draft again",
    public: "Public",
    is_draft: "Draft",
    artist_is_draft: "Not public: its artist is a draft",
    see: "See it as everybody does",
    delete_heading: "Delete",
    delete_lead: |kind| match kind {
        EntityKind::Artist => {
            "All videos and products of the artist disappear with it. For thirty days you can take that back."
        }
        EntityKind::Video => "Its products stay. For thirty days you can take it back.",
        EntityKind::Product => {
            "It disappears from every video. For thirty days you can take that back."
        }
        EntityKind::Retailer => {
            "Its offers stay in their products, but nobody else sees them. For thirty days you can take that back."
        }
    },
    delete: "Delete",
    leave: "Leave without saving what you typed?",
    required: "required",
    fields_refused: "Nearly there. Please look at this:",
    availability: "Availability",
    unlisted_offer: (
        "Shop no longer listed",
        "Nobody else sees this offer, and no link leads to the shop.",
    ),
    tier: "Compared with this one",
    in_row: |label, row| [label, ", row ", &row.to_string()].concat(),
    in_line: |line, why| ["Line ", &line.to_string(), ": ", why].concat(),
};

const ROWS: RowTexts = RowTexts {
    order: "Order",
    lead: "Smaller numbers come first. Empty a row to remove it.",
    add: "Add rows",
    remove: "Remove",
    up: "Move up",
    down: "Move down",
    drag: "Drag to another place",
    keys: "Alt with the up or down arrow moves the row that you are in.",
    moved: |row, rows| ["Row ", &row.to_string(), " of ", &rows.to_string()].concat(),
    added: |row, _| ["Row ", &row.to_string(), " added"].concat(),
    removed: |_, rows| ["Row removed, ", &rows.to_string(), " left"].concat(),
    row: field::row,
};

const CLASH: ConflictTexts = ConflictTexts {
    heading: "It was changed while you were at it",
    lead: "Nothing is lost: the form below holds what you typed. Compare, correct it if you like, \
           and save again. Your version then takes the place of what is saved now.",
    merged: "Nothing is lost: the form below holds what you typed, and what is saved now wherever you \
             had changed nothing. Compare, correct it if you like, and save again.",
    same: "What is saved now is the same as what you typed.",
    field: "Field",
    now: "Saved now",
    yours: "Yours",
    nothing: "empty",
};

const REVIEW: ReviewTexts = ReviewTexts {
    heading: "Shop check",
    proposed: "Not checked yet",
    proposed_lead: "Somebody of us looks at every new shop. Until then your offers show it without a link.",
    approved: "Checked",
    approved_lead: "Links lead there.",
    blocked: "Blocked",
    blocked_lead: "Nobody sees offers of it, and no link leads there.",
    approve: "Approve",
    block: "Block",
    reopen: "Back to not checked",
    uses: |uses| match uses {
        0 => "No product uses it.".to_owned(),
        1 => "One product uses it.".to_owned(),
        _ => [&uses.to_string(), " products use it."].concat(),
    },
    by_moderators: "A checked shop is everybody’s, so only moderators change it.",
};

const PLAYER: PlayerTexts = PlayerTexts {
    heading: "What is in it, and when",
    load: |provider| ["Load the player of ", provider].concat(),
    load_hint: |provider| {
        [
            "Nothing is loaded from ",
            provider,
            " before you press that.",
        ]
        .concat()
    },
    watch: |provider| ["Watch it on ", provider].concat(),
    no_link: "Add the link of the video below, and it can be played here.",
    no_player: "This provider has no player that we know. The link below still works.",
    no_time: "The player of this provider does not tell us the time: type it in.",
    frame: "The video",
    tagged: "Products in it",
    nothing_tagged: "Nothing is tagged yet.",
    whole: "all along",
    tag_heading: "Tag a product",
    tag: "Tag it",
    now: "Use the current second",
    no_products: "The artist has no product yet.",
    no_products_link: "Add a product",
};

const FOREIGN_HOSTS: ForeignHostTexts = ForeignHostTexts {
    pictures: |hosts| {
        [
            "Visitors do not see your pictures from ",
            hosts,
            ", because the operator of this site has not approved pictures from there. Your links \
             are kept.",
        ]
        .concat()
    },
    links: |hosts| {
        [
            "Nobody here has approved ",
            hosts,
            " yet, so your link leads visitors first to a page that names the site.",
        ]
        .concat()
    },
    player: |host| {
        [
            "The operator of this site has not approved the player of ",
            host,
            ", so visitors get a link to the video in its place.",
        ]
        .concat()
    },
};

fn kind(kind: EntityKind) -> KindTexts {
    match kind {
        EntityKind::Artist => KindTexts {
            title: "Artists",
            lead: "Who the videos are by.",
            new: "New artist",
            create: "Add the artist",
            search: "Search your artists",
            empty: "No artist yet. Everything else belongs to one, so begin here.",
            count: |count| counted(count, "artist", "artists"),
        },
        EntityKind::Video => KindTexts {
            title: "Videos",
            lead: "What you publish, and what is in it.",
            new: "New video",
            create: "Add the video",
            search: "Search your videos",
            empty: "No video yet.",
            count: |count| counted(count, "video", "videos"),
        },
        EntityKind::Product => KindTexts {
            title: "Products",
            lead: "What is to be seen, and who sells it.",
            new: "New product",
            create: "Add the product",
            search: "Search your products",
            empty: "No product yet.",
            count: |count| counted(count, "product", "products"),
        },
        EntityKind::Retailer => KindTexts {
            title: "Shops",
            lead: "Who sells it. A shop that you link to is proposed by itself.",
            new: "New shop",
            create: "Propose the shop",
            search: "Search the shops",
            empty: "No shop yet. The first link of an offer brings one.",
            count: |count| counted(count, "shop", "shops"),
        },
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        1 => ["1 ", one].concat(),
        _ => [&count.to_string(), " ", many].concat(),
    }
}

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::Saved => "Saved.",
        Notice::Created => "Added. You can complete it now.",
        Notice::Published => "Published.",
        Notice::Withdrawn => "It is a draft again: nobody else sees it any more.",
        Notice::Restored => "Restored, as it was.",
        Notice::Placed => "Tagged.",
        Notice::Reviewed => "Noted.",
        Notice::Rows => "There are more empty rows now. Nothing is saved yet.",
    }
}

fn problem(problem: &Problem) -> Option<String> {
    let text = match problem {
        Problem::Full(full) => return Some(quota_sentence(*full)),
        Problem::Busy(seconds) | Problem::Unavailable(seconds) | Problem::RateLimited(seconds) => {
            return Some(
                [
                    "It could not be saved just now. What you typed is still here: try again in ",
                    &duration(*seconds),
                    ".",
                ]
                .concat(),
            );
        }
        Problem::Conflict => {
            "It was changed meanwhile. This is how it is now: please look, and do it again."
        }
        Problem::NotFound => {
            "It is not there: it may have been deleted meanwhile. What you typed is still here. If it is in the bin, restore it, and then save this."
        }
        Problem::Forbidden => "Only moderators can do that.",
        Problem::Unauthenticated => "Your session has ended. What you typed is still here.",
        Problem::Invalid(_) => return None,
        _ => "That could not be done. What you typed is still here: please try again.",
    };
    Some(text.to_owned())
}

//! The kinds of things in the studio, and where their pages stand.

/// A kind of things in the studio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Artists.
    Artists,
    /// Videos.
    Videos,
    /// Products.
    Products,
    /// Retailers, which people know as shops.
    Retailers,
}

impl Shelf {
    /// All of them, in the order in which people need them.
    pub const ALL: [Self; 4] = [Self::Artists, Self::Videos, Self::Products, Self::Retailers];

    /// Where its list stands.
    pub fn path(self) -> &'static str {
        match self {
            Self::Artists => "/studio/artists",
            Self::Videos => "/studio/videos",
            Self::Products => "/studio/products",
            Self::Retailers => "/studio/retailers",
        }
    }

    /// Its name in the query of an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Artists => "artists",
            Self::Videos => "videos",
            Self::Products => "products",
            Self::Retailers => "retailers",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.name() == name)
    }

    /// Where the page of one thing stands.
    pub fn path_of(self, id: &str) -> String {
        [self.path(), "/", id].concat()
    }

    /// Where a new one is made.
    pub fn path_of_new(self) -> String {
        self.path_of("new")
    }

    /// The form's name on the wire, for the checks in the browser.
    pub(super) fn check(self) -> &'static str {
        match self {
            Self::Artists => "artist",
            Self::Videos => "video",
            Self::Products => "product",
            Self::Retailers => "retailer",
        }
    }

    /// Whether a thing of this kind belongs to an artist that has to be chosen.
    pub(super) fn has_artist(self) -> bool {
        self != Self::Artists
    }

    /// Whether a thing of this kind has an artist that its page names. A retailer has been proposed
    /// for one, but belongs to everybody.
    pub fn belongs_to_artist(self) -> bool {
        matches!(self, Self::Videos | Self::Products)
    }

    /// Where everybody sees a thing, by its artist's short name and its own.
    pub fn public_path(self, artist: Option<&str>, slug: &str) -> String {
        let place = match self {
            Self::Artists => "/artists/",
            Self::Videos => "/videos/",
            Self::Products => "/products/",
            Self::Retailers => return String::new(),
        };
        match artist {
            Some(artist) => [place, artist, "/", slug].concat(),
            None => [place, slug].concat(),
        }
    }
}

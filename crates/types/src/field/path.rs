//! The path of a field in JSON, and its name in a form.

use super::Field;

/// The position of a field in a row.
struct RowMember {
    row: u16,
    /// The path within the row; empty if the row is the value.
    path: &'static str,
}

impl Field {
    /// The first part of the path: the field itself, or its list.
    pub fn name(self) -> &'static str {
        self.place().0
    }

    /// The row of a field in a list, from 0.
    pub fn row(self) -> Option<u16> {
        self.place().1.map(|member| member.row)
    }

    /// The same field in another row; a field that is in no row is unchanged.
    #[must_use]
    pub fn in_row(mut self, to: u16) -> Self {
        match &mut self {
            Self::LinkLabel(row)
            | Self::LinkUrl(row)
            | Self::ChapterStart(row)
            | Self::ChapterTitle(row)
            | Self::PlacementProductId(row)
            | Self::PlacementStart(row)
            | Self::PlacementEnd(row)
            | Self::PlacementNote(row)
            | Self::ImageUrl(row)
            | Self::ImageAlt(row)
            | Self::AttributeName(row)
            | Self::AttributeValue(row)
            | Self::OfferRetailerId(row)
            | Self::OfferUrl(row)
            | Self::OfferAmount(row)
            | Self::OfferCurrency(row)
            | Self::AlternativeProductId(row)
            | Self::Domain(row) => *row = to,
            _ => {}
        }
        self
    }

    /// The path in JSON: `name`, `placements[2].start`, `domains[0]`.
    pub fn path(self) -> String {
        let (name, member) = self.place();
        let Some(RowMember { row, path }) = member else {
            return name.to_owned();
        };
        let dot = if path.is_empty() { "]" } else { "]." };
        [name, "[", &row.to_string(), dot, path].concat()
    }

    /// The name in a form, the path in the syntax of forms: `placements[2][start]`. All chapters share one
    /// text area.
    pub fn form_name(self) -> String {
        let (name, Some(RowMember { row, path })) = self.place() else {
            return self.name().to_owned();
        };
        if matches!(self, Self::ChapterStart(_) | Self::ChapterTitle(_)) {
            return name.to_owned();
        }
        let mut form_name = [name, "[", &row.to_string(), "]"].concat();
        for part in path.split('.').filter(|part| !part.is_empty()) {
            // A form has an amount where JSON has minor units.
            let part = if part == "minor" { "amount" } else { part };
            form_name.extend(["[", part, "]"]);
        }
        form_name
    }

    /// The form name of a member of a row of this list that has no [`Field`], because it is never refused:
    /// `offers[2][availability]`.
    pub fn form_name_of(self, row: u16, member: &str) -> String {
        [self.name(), "[", &row.to_string(), "][", member, "]"].concat()
    }

    /// The name in a form that is a single row.
    pub fn member(self) -> &'static str {
        let (name, member) = self.place();
        member.map_or(name, |member| member.path)
    }

    fn place(self) -> (&'static str, Option<RowMember>) {
        let in_row = |list, row, path| (list, Some(RowMember { row, path }));
        let name = match self {
            Self::EmailAddress => "email_address",
            Self::Password => "password",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Name => "name",
            Self::Title => "title",
            Self::Slug => "slug",
            Self::Bio => "bio",
            Self::Disclosure => "disclosure",
            Self::Description => "description",
            Self::Url => "url",
            Self::Duration => "duration",
            Self::PublishedOn => "published_on",
            Self::Brand => "brand",
            Self::Gtin => "gtin",
            Self::Homepage => "homepage",
            Self::Links => "links",
            Self::Chapters => "chapters",
            Self::Placements => "placements",
            Self::Images => "images",
            Self::Attributes => "attributes",
            Self::Offers => "offers",
            Self::Alternatives => "alternatives",
            Self::Domains => "domains",
            Self::LinkLabel(row) => return in_row("links", row, "label"),
            Self::LinkUrl(row) => return in_row("links", row, "url"),
            Self::ChapterStart(row) => return in_row("chapters", row, "start"),
            Self::ChapterTitle(row) => return in_row("chapters", row, "title"),
            Self::PlacementProductId(row) => return in_row("placements", row, "product_id"),
            Self::PlacementStart(row) => return in_row("placements", row, "start"),
            Self::PlacementEnd(row) => return in_row("placements", row, "end"),
            Self::PlacementNote(row) => return in_row("placements", row, "note"),
            Self::ImageUrl(row) => return in_row("images", row, "url"),
            Self::ImageAlt(row) => return in_row("images", row, "alt"),
            Self::AttributeName(row) => return in_row("attributes", row, "name"),
            Self::AttributeValue(row) => return in_row("attributes", row, "value"),
            Self::OfferRetailerId(row) => return in_row("offers", row, "retailer_id"),
            Self::OfferUrl(row) => return in_row("offers", row, "url"),
            Self::OfferAmount(row) => return in_row("offers", row, "price.minor"),
            Self::OfferCurrency(row) => return in_row("offers", row, "price.currency"),
            Self::AlternativeProductId(row) => return in_row("alternatives", row, "product_id"),
            Self::Domain(row) => return in_row("domains", row, ""),
        };
        (name, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_there_once_has_one_name() {
        for field in [Field::EmailAddress, Field::Brand, Field::Offers] {
            assert_eq!(field.path(), field.name());
            assert_eq!(field.form_name(), field.name());
            assert_eq!(field.member(), field.name());
            assert_eq!(field.row(), None);
        }
        assert_eq!(Field::EmailAddress.name(), "email_address");
    }

    #[test]
    fn a_field_of_a_row_is_found_by_its_path() {
        for (field, path, form_name) in [
            (Field::OfferUrl(0), "offers[0].url", "offers[0][url]"),
            (
                Field::OfferAmount(3),
                "offers[3].price.minor",
                "offers[3][price][amount]",
            ),
            (
                Field::OfferCurrency(3),
                "offers[3].price.currency",
                "offers[3][price][currency]",
            ),
            (
                Field::PlacementStart(2),
                "placements[2].start",
                "placements[2][start]",
            ),
            (Field::Domain(19), "domains[19]", "domains[19]"),
            (Field::ChapterTitle(1), "chapters[1].title", "chapters"),
        ] {
            assert_eq!(field.path(), path);
            assert_eq!(field.form_name(), form_name);
        }
        assert_eq!(Field::OfferUrl(0).name(), "offers");
        assert_eq!(Field::PlacementStart(2).row(), Some(2));
        assert_eq!(Field::PlacementStart(2).member(), "start");
        assert_eq!(Field::OfferUrl(2).in_row(7), Field::OfferUrl(7));
        assert_eq!(Field::Offers.in_row(7), Field::Offers);
        assert_eq!(Field::Offers.form_name_of(7, "id"), "offers[7][id]");
    }
}

//! Where a field stands: what it is called in HTML, and its path in JSON.

use super::Field;

/// A field that is there once, or the member of a row of a list.
#[derive(Clone, Copy)]
enum Place {
    Once(&'static str),
    Row {
        name: &'static str,
        list: &'static str,
        row: u16,
        member: &'static str,
    },
}

impl Field {
    /// The name in HTML. It is the same in every row of a list, and chapters share one text field.
    pub fn name(self) -> &'static str {
        match self.place() {
            Place::Once(name) | Place::Row { name, .. } => name,
        }
    }

    /// The number of the row, from 0, of a field that is there once for each.
    pub fn row(self) -> Option<u16> {
        match self.place() {
            Place::Once(_) => None,
            Place::Row { row, .. } => Some(row),
        }
    }

    /// Where it is in JSON: `name`, `placements[2].start`, `domains[0]`.
    pub fn path(self) -> String {
        match self.place() {
            Place::Once(name) => name.to_owned(),
            Place::Row {
                list, row, member, ..
            } => {
                let dot = if member.is_empty() { "]" } else { "]." };
                [list, "[", &row.to_string(), dot, member].concat()
            }
        }
    }

    fn place(self) -> Place {
        let in_row = |name, list, row, member| Place::Row {
            name,
            list,
            row,
            member,
        };
        match self {
            Self::EmailAddress => Place::Once("email_address"),
            Self::Password => Place::Once("password"),
            Self::FirstName => Place::Once("first_name"),
            Self::LastName => Place::Once("last_name"),
            Self::Name => Place::Once("name"),
            Self::Title => Place::Once("title"),
            Self::Slug => Place::Once("slug"),
            Self::Bio => Place::Once("bio"),
            Self::Disclosure => Place::Once("disclosure"),
            Self::Description => Place::Once("description"),
            Self::Url => Place::Once("url"),
            Self::Duration => Place::Once("duration"),
            Self::PublishedOn => Place::Once("published_on"),
            Self::Brand => Place::Once("brand"),
            Self::Gtin => Place::Once("gtin"),
            Self::Homepage => Place::Once("homepage"),
            Self::Links => Place::Once("links"),
            Self::Chapters => Place::Once("chapters"),
            Self::Placements => Place::Once("placements"),
            Self::Images => Place::Once("images"),
            Self::Attributes => Place::Once("attributes"),
            Self::Offers => Place::Once("offers"),
            Self::Alternatives => Place::Once("alternatives"),
            Self::Domains => Place::Once("domains"),
            Self::LinkLabel(row) => in_row("link_label", "links", row, "label"),
            Self::LinkUrl(row) => in_row("link_url", "links", row, "url"),
            Self::ChapterStart(row) => in_row("chapters", "chapters", row, "start"),
            Self::ChapterTitle(row) => in_row("chapters", "chapters", row, "title"),
            Self::PlacementProductId(row) => {
                in_row("placement_product_id", "placements", row, "product_id")
            }
            Self::PlacementStart(row) => in_row("placement_start", "placements", row, "start"),
            Self::PlacementEnd(row) => in_row("placement_end", "placements", row, "end"),
            Self::PlacementNote(row) => in_row("placement_note", "placements", row, "note"),
            Self::ImageUrl(row) => in_row("image_url", "images", row, "url"),
            Self::ImageAlt(row) => in_row("image_alt", "images", row, "alt"),
            Self::AttributeName(row) => in_row("attribute_name", "attributes", row, "name"),
            Self::AttributeValue(row) => in_row("attribute_value", "attributes", row, "value"),
            Self::OfferRetailerId(row) => in_row("offer_retailer_id", "offers", row, "retailer_id"),
            Self::OfferUrl(row) => in_row("offer_url", "offers", row, "url"),
            Self::OfferAmount(row) => in_row("offer_amount", "offers", row, "price.minor"),
            Self::OfferCurrency(row) => in_row("offer_currency", "offers", row, "price.currency"),
            Self::AlternativeProductId(row) => {
                in_row("alternative_product_id", "alternatives", row, "product_id")
            }
            Self::Domain(row) => in_row("domain", "domains", row, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_there_once_has_one_name() {
        assert_eq!(Field::EmailAddress.name(), "email_address");
        assert_eq!(Field::EmailAddress.path(), "email_address");
        assert_eq!(Field::Offers.path(), "offers");
        assert_eq!(Field::Offers.row(), None);
    }

    #[test]
    fn a_field_of_a_row_is_found_by_its_path() {
        assert_eq!(Field::OfferUrl(0).name(), "offer_url");
        assert_eq!(Field::OfferUrl(0).path(), "offers[0].url");
        assert_eq!(Field::OfferAmount(3).path(), "offers[3].price.minor");
        assert_eq!(Field::PlacementStart(2).path(), "placements[2].start");
        assert_eq!(Field::PlacementStart(2).row(), Some(2));
        assert_eq!(Field::Domain(19).path(), "domains[19]");
        assert_eq!(Field::ChapterTitle(1).name(), "chapters");
    }
}

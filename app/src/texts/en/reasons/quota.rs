//! Sentences for used-up quotas.

use types::{FullQuota, QuotaHolder, QuotaResource};

const MEBIBYTE: u64 = 1 << 20;

/// The sentence for a used-up quota: what is counted, and its maximum.
pub(in crate::texts::en) fn quota_sentence(full: FullQuota) -> String {
    let FullQuota { of, holder, most } = full;
    let (one, many) = match of {
        QuotaResource::Artists => ("artist", "artists"),
        QuotaResource::Videos => ("video", "videos"),
        QuotaResource::Products => ("product", "products"),
        QuotaResource::Proposals => (
            "shop that waits for a moderator",
            "shops that wait for a moderator",
        ),
        QuotaResource::Bytes => ("byte of text", "bytes of text"),
    };
    let amount = match (of, most) {
        (QuotaResource::Bytes, MEBIBYTE..) => [&grouped(most / MEBIBYTE), " MiB of text"].concat(),
        (_, 1) => ["1 ", one].concat(),
        _ => [&grouped(most), " ", many].concat(),
    };
    let (who, holder) = match holder {
        QuotaHolder::Account => ("You have ", "an account"),
        QuotaHolder::Artist => ("This artist has ", "an artist"),
    };
    [
        who,
        &amount,
        ", which is the most ",
        holder,
        " may have here.",
    ]
    .concat()
}

/// A number with thousands separators.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_and_how_much() {
        for (of, holder, most, sentence) in [
            (
                QuotaResource::Products,
                QuotaHolder::Account,
                2_000,
                "You have 2,000 products, which is the most an account may have here.",
            ),
            (
                QuotaResource::Proposals,
                QuotaHolder::Artist,
                100,
                "This artist has 100 shops that wait for a moderator, which is the most an artist \
                 may have here.",
            ),
            (
                QuotaResource::Videos,
                QuotaHolder::Artist,
                1,
                "This artist has 1 video, which is the most an artist may have here.",
            ),
            (
                QuotaResource::Bytes,
                QuotaHolder::Account,
                64 << 20,
                "You have 64 MiB of text, which is the most an account may have here.",
            ),
        ] {
            assert_eq!(quota_sentence(FullQuota { of, holder, most }), sentence);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}

//! The two forms of a `PeerTube` key: a UUID, and the same number in base 58, which URLs have since
//! version 3.3.

/// The digits, without those that look alike (`short-uuid`, "flickrBase58").
const DIGITS: &[u8; 58] = b"123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
/// Length of a 128-bit number in base 58, padded with zeros.
const LENGTH: usize = 22;

/// The short form of a key in either form.
pub(super) fn short_id(key: &str) -> Option<String> {
    let is_short = key.len() == LENGTH && key.bytes().all(|b| DIGITS.contains(&b));
    match is_short {
        true => Some(key.to_owned()),
        false => uuid(key).map(write),
    }
}

fn uuid(key: &str) -> Option<u128> {
    let is_uuid = key.len() == 36
        && key.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    let digits = key.replace('-', "");
    is_uuid
        .then(|| u128::from_str_radix(&digits, 16).ok())
        .flatten()
}

fn write(mut number: u128) -> String {
    let mut digits = Vec::with_capacity(LENGTH);
    while digits.len() < LENGTH {
        let digit = usize::try_from(number % 58).unwrap_or_default();
        digits.push(char::from(DIGITS[digit]));
        number /= 58;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_key_are_one() {
        for (uuid, short) in [
            (
                "9c9de5e8-0a1e-484a-b099-e80766180a6d",
                "kkGMgK9ZtnKfYAgnEtQxbv",
            ),
            (
                "9C9DE5E8-0A1E-484A-B099-E80766180A6D",
                "kkGMgK9ZtnKfYAgnEtQxbv",
            ),
            (
                "00000000-0000-0000-0000-000000000000",
                "1111111111111111111111",
            ),
            (
                "00000000-0000-0000-0000-00000000003a",
                "1111111111111111111121",
            ),
            (
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "xBuEXKpA6iqZQK5Kf2TnkV",
            ),
        ] {
            assert_eq!(short_id(uuid).as_deref(), Some(short));
            assert_eq!(short_id(short).as_deref(), Some(short));
        }
    }
}

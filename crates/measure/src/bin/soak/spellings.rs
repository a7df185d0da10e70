//! One address in many spellings.

/// Spellings of one address: by case, surrounding white space, composition of accents, and the two
/// forms of an international domain.
pub(crate) fn of(round: usize) -> Vec<String> {
    let locals = [
        format!("zo\u{EB}.{round}"),
        format!("zoe\u{308}.{round}"),
        format!("ZO\u{CB}.{round}"),
        format!("Zoe\u{308}.{round}"),
    ];
    let domains = [
        "b\u{FC}cher.example",
        "bu\u{308}cher.example",
        "xn--bcher-kva.example",
        "XN--BCHER-KVA.Example",
        "B\u{DC}CHER.EXAMPLE",
    ];
    let mut spellings = Vec::new();
    for local in &locals {
        for domain in domains {
            spellings.push(format!("{local}@{domain}"));
            spellings.push(format!("  {local}@{domain}\t"));
        }
    }
    spellings
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn no_spelling_is_there_twice() {
        let spellings = super::of(1);
        assert_eq!(
            spellings.iter().collect::<HashSet<_>>().len(),
            spellings.len()
        );
    }
}

//! The names by which the two halves of the bindings know each other, made short.
//!
//! wasm-bindgen gives every import a name with a hash of 16 digits. No compression shrinks a hash, and
//! each would be sent twice: together they weigh 5 kB.

/// Gives imports short names in both halves, and returns the script.
///
/// `names` are those of the module, to be changed in place. A name is left as it is unless the script
/// has it exactly once, and there as a key.
pub(super) fn shorten<'a>(script: &str, names: impl Iterator<Item = &'a mut String>) -> String {
    let mut script = script.to_owned();
    for (index, name) in names.enumerate() {
        let key = format!("{name}:");
        if script.matches(name.as_str()).count() != 1 || !script.contains(&key) {
            continue;
        }
        let short = format!("_{index:x}");
        script = script.replace(&key, &format!("{short}:"));
        *name = short;
    }
    script
}

#[cfg(test)]
mod tests {
    use super::shorten;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn both_halves_know_an_import_by_the_same_short_name() {
        let mut names = names(&["__wbg_a_0011223344556677", "__wbg_b_8899aabbccddeeff"]);
        let script = "{ __wbg_b_8899aabbccddeeff: () => 1,\n__wbg_a_0011223344556677: () => 2 }";
        let script = shorten(script, names.iter_mut());
        assert_eq!(names, ["_0", "_1"]);
        assert_eq!(script, "{ _1: () => 1,\n_0: () => 2 }");
    }

    #[test]
    fn a_name_that_the_script_uses_otherwise_is_left() {
        let mut names = names(&["memory", "start", "absent"]);
        let script = "{ memory: 1 }; use(memory); start();";
        assert_eq!(shorten(script, names.iter_mut()), script);
        assert_eq!(names, ["memory", "start", "absent"]);
    }
}

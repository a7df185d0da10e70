//! Classes of the bindings that nothing makes, taken out of both halves.
//!
//! `server_fn` brings streams for answers that come in pieces, which no function of ours has. The
//! linker keeps them, because the script could make them; together they weigh 3 kB.

/// The script without its classes that are made neither by the module nor by the script, and what
/// only they need of the module.
pub(super) fn cut(script: &str) -> (String, Vec<String>) {
    let mut rest = script.to_owned();
    let mut cut = String::new();
    for class in classes(script) {
        if let Some((without, parts)) = without(&rest, &class) {
            rest = without;
            cut.push_str(&parts);
        }
    }
    let mut needed: Vec<_> = members(&cut).map(str::to_owned).collect();
    needed.sort_unstable();
    needed.dedup();
    needed.retain(|name| !members(&rest).any(|other| other == name));
    (rest, needed)
}

/// The names of all classes.
fn classes(script: &str) -> Vec<String> {
    let names = script.lines().filter_map(|line| {
        let name = line.strip_prefix("export class ")?.strip_suffix(" {")?;
        Some(name.to_owned())
    });
    names.collect()
}

/// The script without a class, and what was cut out of it; `None` when something else names it.
fn without(script: &str, class: &str) -> Option<(String, String)> {
    let mut rest = script.to_owned();
    let mut cut = String::new();
    for (start, end) in [
        // The last line stands right behind the class, whose methods end like itself.
        (
            format!("export class {class} {{\n"),
            format!(
                "if (Symbol.dispose) {class}.prototype[Symbol.dispose] = {class}.prototype.free;\n"
            ),
        ),
        (format!("const {class}Finalization = "), ";\n".to_owned()),
    ] {
        let from = rest.find(&start)?;
        let to = rest[from..].find(&end)? + from + end.len();
        cut.push_str(&rest[from..to]);
        rest.replace_range(from..to, "");
    }
    (!rest.contains(class)).then_some((rest, cut))
}

/// What a script takes of the module: `wasm.name`.
fn members(script: &str) -> impl Iterator<Item = &str> {
    script.split("wasm.").skip(1).map(|text| {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        &text[..end.unwrap_or(text.len())]
    })
}

#[cfg(test)]
mod tests {
    use super::cut;

    const CLASS: &str = "export class Sink {\nfree() {\nwasm.sink_free(1);\n}\nclose() {\nwasm.close();\n}\n}\n\
        if (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;\n";
    const END: &str =
        "const SinkFinalization = (a)\n? { b: () => {} }\n: new F(p => wasm.sink_free(p));\n";

    #[test]
    fn a_class_that_nothing_makes_is_cut_with_what_only_it_needs() {
        let script = format!("begin();\n{CLASS}wasm.close();\n{END}end();\n");
        let (rest, needed) = cut(&script);
        assert_eq!(rest, "begin();\nwasm.close();\nend();\n");
        assert_eq!(needed, ["sink_free"]);
    }

    #[test]
    fn a_class_that_is_made_stays() {
        let script = format!("{CLASS}{END}const made = Sink.__wrap(1);\n");
        assert_eq!(cut(&script), (script.clone(), Vec::new()));
    }

    #[test]
    fn a_script_of_another_shape_stays() {
        let script = "export class Sink {\n}\nend();\n";
        assert_eq!(cut(script), (script.to_owned(), Vec::new()));
    }
}

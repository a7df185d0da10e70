use std::process::Command;

use wasmparser::Payload;

use super::*;
use crate::wasm::TARGET;
use crate::{paths, shell};

/// The expansion of `#[wasm_split(area, …)]`, without its library.
const SOURCE: &str = r#"
#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

type Loaded = unsafe extern "C" fn(*const u8, bool);

#[link(wasm_import_module = "__wasm_split_placeholder__")]
unsafe extern "C" {
    fn __wasm_split_load_area(loaded: Loaded, data: *const u8);
    fn __wasm_split_00area00_import_0123456789abcdef0123456789abcdef_page(seed: u32) -> u32;
}

unsafe extern "C" fn loaded(_: *const u8, _: bool) {}

/// Every Rust program has a table of functions, which the library expects.
#[unsafe(no_mangle)]
extern "C" fn call(is_known: bool, other: Loaded) {
    let callback = if is_known { loaded } else { other };
    unsafe { callback(core::ptr::null(), true) }
}

#[cfg(marked)]
#[unsafe(no_mangle)]
extern "C" fn __wasm_split_00area00_export_0123456789abcdef0123456789abcdef_page(seed: u32) -> u32 {
    seed.rotate_left(7)
}

#[cfg(marked)]
#[unsafe(no_mangle)]
extern "C" fn show(seed: u32) -> u32 {
    unsafe {
        __wasm_split_load_area(loaded, core::ptr::null());
        __wasm_split_00area00_import_0123456789abcdef0123456789abcdef_page(seed)
    }
}

#[cfg(not(marked))]
#[unsafe(no_mangle)]
extern "C" fn show(seed: u32) -> u32 {
    seed.rotate_left(7)
}
"#;

/// A module with one function in a part `area`.
fn module_with_part() -> Vec<u8> {
    compile(&[&LINKER_FLAGS[..], &["--cfg", "marked"]].concat())
}

fn compile(flags: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (source, module) = ["source.rs", "module.wasm"]
        .map(|name| folder.path().join(name))
        .into();
    fs::write(&source, SOURCE).unwrap();
    let mut rustc = Command::new("rustc");
    rustc.current_dir(paths::top()).args(flags);
    rustc.args(["--edition", "2024", "--crate-type", "cdylib"]);
    rustc.args(["--target", TARGET, "-C", "panic=abort"]);
    shell::run(rustc.arg("-o").arg(&module).arg(&source)).unwrap();
    fs::read(module).unwrap()
}

fn names_in(folder: &Path) -> Vec<String> {
    let files = crate::folder::read(folder).unwrap();
    files.into_iter().map(|(name, _)| name).collect()
}

/// The modules that a module imports from.
fn imported(module: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(section) = payload.unwrap() else {
            continue;
        };
        for import in section.into_imports() {
            found.insert(import.unwrap().module.to_owned());
        }
    }
    found
}

fn custom_sections(module: &[u8]) -> usize {
    let payloads = Parser::new(0).parse_all(module);
    let is_custom = |payload: &Payload<'_>| matches!(payload, Payload::CustomSection(_));
    payloads.map(Result::unwrap).filter(is_custom).count()
}

#[test]
fn a_marked_function_is_in_the_file_of_its_part() {
    let folder = tempfile::tempdir().unwrap();
    let cut = cut(&module_with_part(), folder.path()).unwrap();
    let files = ["split_area.wasm", LOADER].map(str::to_owned);
    assert_eq!(names_in(folder.path()), files);
    assert_eq!(cut.parts["area"], files[..1]);
    assert!(imported(&cut.main).contains("./split_loader.js"));
    let loader = fs::read_to_string(folder.path().join(LOADER)).unwrap();
    assert!(loader.contains("from \"./program.js\""), "{loader}");
}

#[test]
fn a_module_without_marked_functions_has_no_parts_and_loses_its_relocations() {
    let folder = tempfile::tempdir().unwrap();
    let module = compile(&LINKER_FLAGS);
    let cut = cut(&module, folder.path()).unwrap();
    assert!(cut.parts.is_empty() && names_in(folder.path()).is_empty());
    assert_eq!(imported(&cut.main), BTreeSet::new());
    assert!(custom_sections(&cut.main) < custom_sections(&module));
}

#[test]
fn the_same_module_is_always_cut_into_the_same_bytes() {
    let module = module_with_part();
    let cut_again = || {
        let folder = tempfile::tempdir().unwrap();
        let cut = cut(&module, folder.path()).unwrap();
        strip(folder.path(), &cut.parts).unwrap();
        (cut.main, crate::folder::read(folder.path()).unwrap())
    };
    assert_eq!(cut_again(), cut_again());
}

#[test]
fn a_part_is_stripped_of_what_only_debuggers_read_and_of_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let cut = cut(&module_with_part(), folder.path()).unwrap();
    let path = folder.path().join("split_area.wasm");
    let before = fs::read(&path).unwrap();
    strip(folder.path(), &cut.parts).unwrap();
    let after = fs::read(&path).unwrap();
    assert!(custom_sections(&before) > 0);
    assert_eq!(custom_sections(&after), 0);
    assert_eq!(imported(&after), imported(&before));
    assert!(!imported(&after).is_empty());
}

#[test]
fn a_module_without_relocations_is_refused_with_the_likely_reason() {
    let folder = tempfile::tempdir().unwrap();
    let error = cut(&compile(&["--cfg", "marked"]), folder.path()).unwrap_err();
    assert!(error.to_string().contains("RUSTFLAGS"));
}

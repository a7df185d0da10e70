use serde_json::json;

use super::*;

const MEMBERS: Members = &[
    ("name", Shape::Text),
    ("status", STATUS),
    ("start", Shape::Time),
    ("domains", Shape::Texts),
    (
        "offers",
        Shape::Rows(&[("url", Shape::Text), ("price", Shape::Price)]),
    ),
];

fn complaints(object: Value) -> Vec<String> {
    let Value::Object(object) = object else {
        panic!("{object}");
    };
    let mut refused = MemberErrors::default();
    check(&object, MEMBERS, "", &mut refused);
    refused
        .0
        .into_iter()
        .map(|(_, sentence)| sentence)
        .collect()
}

#[test]
fn what_has_its_shape_or_is_null_passes() {
    let whole = json!({
        "name": "A",
        "status": "draft",
        "start": 7,
        "domains": ["a.example"],
        "offers": [{"url": "x", "price": {"minor": -1, "currency": ""}}, {"price": null}, {}],
    });
    assert!(complaints(whole).is_empty());
    assert!(complaints(json!({"start": "1:23"})).is_empty());
    let nothing = json!({"name": null, "status": null, "start": null, "domains": null});
    assert!(complaints(nothing).is_empty());
}

#[test]
fn what_is_wrong_is_named_by_its_path_at_every_depth() {
    for (object, complaint) in [
        (json!({"nmae": 1}), "'nmae' is not a known field."),
        (json!({"name": 1}), "'name' must be a string."),
        (json!({"name": {}}), "'name' must be a string."),
        (
            json!({"status": "gone"}),
            "'status' must be one of 'draft', 'published'.",
        ),
        (json!({"domains": "a"}), "'domains' must be a list."),
        (json!({"domains": [1]}), "'domains[0]' must be a string."),
        (json!({"domains": [null]}), "'domains[0]' must be a string."),
        (json!({"offers": {}}), "'offers' must be a list."),
        (json!({"offers": [null]}), "'offers[0]' must be an object."),
        (
            json!({"offers": [{}, []]}),
            "'offers[1]' must be an object.",
        ),
        (
            json!({"offers": [{"ulr": ""}]}),
            "'offers[0].ulr' is not a known field.",
        ),
        (
            json!({"offers": [{"price": 19.99}]}),
            "'offers[0].price' must be an object.",
        ),
        (
            json!({"offers": [{"price": {"minor": 19.99, "currency": "EUR"}}]}),
            "'offers[0].price.minor' must be a whole number of minor units.",
        ),
        (
            json!({"offers": [{"price": {"minor": 1, "currency": "EUR", "tax": 1}}]}),
            "'offers[0].price.tax' is not a known field.",
        ),
    ] {
        assert_eq!(complaints(object.clone()), [complaint], "{object}");
    }
    for start in [json!(-1), json!(1.5), json!(4_294_967_296_u64), json!([])] {
        assert_eq!(complaints(json!({ "start": start })).len(), 1);
    }
}

#[test]
fn thousands_of_wrong_members_make_no_long_answer() {
    let object: Map<_, _> = (0..5000).map(|n| (format!("a{n}"), json!(n))).collect();
    assert_eq!(complaints(Value::Object(object)).len(), MAX_NAMED);
}

#[test]
fn null_is_the_same_as_nothing_at_every_depth() {
    let value = json!({"a": null, "b": [{"c": null, "d": 1}, null], "e": {"f": null}});
    assert_eq!(
        without_nulls(value),
        json!({"b": [{"d": 1}, null], "e": {}})
    );
}

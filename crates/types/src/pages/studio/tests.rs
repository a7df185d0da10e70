use serde_json::json;

use super::*;
use crate::{
    Problem,
    catalogue::{
        ArtistInput, EntityForm, EntityKind, FormInput as _, ProductInput, RetailerInput, Status,
        VideoInput,
    },
    field::{Field, FieldErrors, Reason},
};

fn comes_back(problem: &FormProblem, json: &serde_json::Value) {
    assert_eq!(&serde_json::to_value(problem).unwrap(), json);
    let read: FormProblem = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(&read, problem);
}

#[test]
fn a_problem_of_a_form_comes_back() {
    let invalid = Problem::Invalid(FieldErrors::one(Field::OfferUrl(3), Reason::NotHttps));
    for problem in [Problem::StalePage, Problem::RateLimited(7), invalid] {
        let json = json!({ "problem": problem });
        comes_back(&problem.into(), &json);
    }
}

#[test]
fn what_only_a_form_has_is_written_beside_the_problems() {
    comes_back(&FormProblem::NoArtist, &json!("no_artist"));
    comes_back(&FormProblem::UnknownArtist, &json!("unknown_artist"));
    let placement = FieldErrors::one(Field::PlacementStart(0), Reason::NotATime);
    let invalid = FormProblem::InvalidPlacement {
        placement,
        video: FieldErrors::default(),
    };
    let refused = json!([[{ "placement_start": 0 }, "not_a_time"]]);
    comes_back(
        &invalid,
        &json!({ "invalid_placement": { "placement": refused, "video": [] } }),
    );
    let lamp = |name: &str| {
        EntityInput::from(ProductInput {
            name: name.to_owned(),
            ..ProductInput::default()
        })
    };
    let conflict = FormProblem::Conflict(Box::new(FormConflict {
        revision: 7,
        stored: lamp("Lamp"),
        typed: lamp("Red lamp"),
    }));
    let json = serde_json::to_value(&conflict).unwrap();
    assert_eq!(json["conflict"]["stored"]["product"]["name"], "Lamp");
    comes_back(&conflict, &json);
}

#[test]
fn the_form_of_a_new_entity_survives_the_way_to_the_browser() {
    for kind in EntityKind::ALL {
        let form = EntityForm::new(kind, "art_1");
        assert_eq!(form.input.kind(), kind);
        let page = EditPage::unread(form);
        let json = serde_json::to_string(&page).unwrap();
        assert_eq!(serde_json::from_str::<EditPage>(&json).unwrap(), page);
    }
}

#[test]
fn an_input_of_any_kind_does_what_the_input_of_its_kind_does() {
    let inputs: [(EntityInput, Field); 4] = [
        (ArtistInput::default().into(), Field::Name),
        (VideoInput::default().into(), Field::Title),
        (ProductInput::default().into(), Field::Name),
        (RetailerInput::default().into(), Field::Name),
    ];
    for (input, required) in inputs {
        let errors = input.check_fields().unwrap_err();
        assert_eq!(errors.get(required), Some(Reason::Required));
        assert_eq!(input.clone().normalized(), input, "what is refused stays");
        let published = input.clone().with_status(Status::Published);
        let is_decided = input.kind() != EntityKind::Retailer;
        assert_eq!(published.status(), is_decided.then_some(Status::Published));
    }
    let spaced = EntityInput::from(ProductInput {
        name: " Lamp ".to_owned(),
        ..ProductInput::default()
    });
    assert_eq!(spaced.normalized().name(), "Lamp");
}

#[test]
fn only_what_can_have_been_done_is_said() {
    assert_eq!(Notice::from_name("saved"), Some(Notice::Saved));
    assert_eq!(Notice::from_name("Your account is locked"), None);
}

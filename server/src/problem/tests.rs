use types::{Field, FullQuota, QuotaHolder, QuotaResource};

use super::*;

#[test]
fn a_taken_address_is_a_conflict_with_its_own_sentence() {
    let refusal = ProblemResponse::of_form(Problem::address_taken(), "Ada@example.org");
    assert_eq!(refusal.status, StatusCode::CONFLICT);
    assert_eq!(refusal.code, "already_exists");
    assert_eq!(refusal.message, "'Ada@example.org' already exists.");
    assert_eq!(
        refusal.fields["email_address"],
        "'Ada@example.org' already exists."
    );
}

#[test]
fn the_first_refused_field_gives_the_message_and_all_are_listed() {
    let mut errors = FieldErrors::one(Field::EmailAddress, Reason::NotAnEmailAddress);
    errors.note::<()>(Field::Password, Err(Reason::TooShort(12)));
    let refusal = ProblemResponse::of_form(Problem::Invalid(errors), "abc");
    assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
    assert_eq!(refusal.message, "'abc' is not valid 'email_address'.");
    assert_eq!(refusal.fields.len(), 2);
}

#[test]
fn waiting_helps_where_the_problem_says_so() {
    for (problem, status) in [
        (Problem::RateLimited(7), StatusCode::TOO_MANY_REQUESTS),
        (Problem::Busy(7), StatusCode::SERVICE_UNAVAILABLE),
        (Problem::Unavailable(7), StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let refusal = ProblemResponse::from(problem);
        assert_eq!((refusal.status, refusal.retry_after), (status, Some(7)));
    }
}

#[test]
fn codes_tell_problems_apart() {
    let problems = [
        Problem::BadCredentials,
        Problem::Unauthenticated,
        Problem::SignupClosed,
        Problem::RateLimited(1),
        Problem::Busy(1),
        Problem::Unavailable(1),
        Problem::NotFound,
        Problem::Forbidden,
        Problem::Conflict,
        Problem::Unversioned,
        Problem::Full(FullQuota {
            of: QuotaResource::Products,
            holder: QuotaHolder::Account,
            most: 2,
        }),
        Problem::CrossSite,
        Problem::StalePage,
        Problem::Malformed,
        Problem::Internal,
    ];
    let codes: std::collections::HashSet<_> = problems
        .clone()
        .map(|problem| ProblemResponse::from(problem).code)
        .into();
    assert_eq!(codes.len(), problems.len());
}

#[test]
fn a_taken_name_is_a_conflict_too_and_is_told_by_its_path() {
    let taken = Problem::Invalid(FieldErrors::one(Field::Slug, Reason::Taken));
    let refusal = ProblemResponse::from(taken);
    assert_eq!(refusal.status, StatusCode::CONFLICT);
    assert_eq!(refusal.fields["slug"], "'slug' is taken already.");
    let row = Problem::Invalid(FieldErrors::one(Field::OfferUrl(3), Reason::Required));
    assert_eq!(
        ProblemResponse::from(row).fields["offers[3].url"],
        "'offers[3].url' is required."
    );
}

//! Claims about accounts from before full-width characters of an address were mapped to narrow
//! ones.

use data_encoding::HEXLOWER;
use domain::{
    AccountId, Caller,
    accounts::{AccountError, VerifiedLogin},
    documents::{Collection, Revision},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use types::{Field, Reason};

use crate::support::{PASSWORD, World};

const NARROW: &str = "ada@example.org";
const WIDE: &str = "ａｄａ@example.org";

fn collection(name: &str) -> &'static Collection {
    let collections = domain::collections();
    collections
        .into_iter()
        .find(|one| one.name == name)
        .unwrap()
}

fn claim_id(canonical: &str) -> String {
    format!("email/{}", HEXLOWER.encode(&Sha256::digest(canonical)))
}

/// A world with an account whose email reservation is under the full-width address, as it was once
/// stored.
async fn world_with_wide_account() -> (World, AccountId) {
    let world = World::new().await;
    let account = world.sign_up(NARROW).await.unwrap().account;
    let (claims, accounts) = (collection("claims"), collection("accounts"));
    let (narrow, wide) = (claim_id(NARROW), claim_id(WIDE));
    let documents = &world.documents;
    let claim = documents.get(claims, &narrow).await.unwrap().unwrap();
    documents.create(claims, &wide, claim.body).await.unwrap();
    let removed = documents.remove(claims, &narrow, claim.revision);
    removed.await.unwrap();
    let stored = documents.get(accounts, account.as_str()).await.unwrap();
    let mut stored = stored.unwrap();
    stored.body["email_address"] = json!(WIDE);
    stored.body["claim_id"] = json!(wide);
    let (from, body) = (stored.revision, stored.body);
    let replaced = documents.replace(accounts, account.as_str(), from, body);
    assert!(replaced.await.unwrap() > Revision::FIRST);
    (world, account)
}

fn is_refused(login: Result<VerifiedLogin, AccountError>) -> bool {
    matches!(login, Err(AccountError::BadCredentials))
}

#[tokio::test]
async fn an_account_with_a_full_width_address_is_logged_in_to_by_that_address() {
    let (world, account) = world_with_wide_account().await;
    for typed in [WIDE, " ａｄａ＠example.org ", "ＡＤＡ@ｅxample.org"] {
        let login = world.log_in(typed, PASSWORD).await.unwrap();
        assert_eq!(login.account, account, "{typed}");
        assert!(is_refused(
            world.log_in(typed, "not the password at all").await
        ));
    }
    assert!(is_refused(world.log_in(NARROW, PASSWORD).await));
    let refused = world.sign_up(WIDE).await;
    let Err(AccountError::Invalid(fields)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(fields.get(Field::EmailAddress), Some(Reason::Taken));
}

#[tokio::test]
async fn the_address_as_it_was_typed_comes_before_its_narrow_form() {
    let (world, account) = world_with_wide_account().await;
    let other = world.sign_up(NARROW).await.unwrap().account;
    let accounts = &world.domain.accounts;
    for (typed, expected) in [
        (WIDE, &account),
        (NARROW, &other),
        ("ａda@example.org", &other),
    ] {
        let login = world.log_in(typed, PASSWORD).await.unwrap();
        assert_eq!(login.account, *expected, "{typed}");
        let found = accounts.find(&Caller::System, typed).await.unwrap();
        assert_eq!(found, *expected, "{typed}");
    }
    accounts.delete(&Caller::System, &account).await.unwrap();
    let login = world.log_in(WIDE, PASSWORD).await.unwrap();
    assert_eq!(login.account, other);
}

//! Sign-up and login.

use std::sync::Arc;

use domain::{
    Caller, ClientNetwork, DomainSettings, LimitsMode,
    accounts::{AccountError, Device},
    hashing::{HashingError, HashingLimits, HashingSettings},
};
use futures::future::join_all;
use time::Duration;
use types::{Field, NameChange, Password, Reason, SignUp, SignupMode};

use crate::support::{PASSWORD, World, log_in_form, settings, sign_up_form, visitor};

fn is_taken(result: Result<domain::accounts::VerifiedLogin, AccountError>) -> bool {
    matches!(result, Err(AccountError::Invalid(fields))
        if fields.get(Field::EmailAddress) == Some(Reason::Taken))
}

#[tokio::test]
async fn a_person_signs_up_and_logs_in() {
    let world = World::new().await;
    let signed_up = world.sign_up("Ada@Example.org").await.unwrap();
    let logged_in = world.log_in("ada@example.org", PASSWORD).await.unwrap();
    assert_eq!(signed_up.account, logged_in.account);
}

#[tokio::test]
async fn an_address_is_one_person_however_it_is_spelt() {
    let world = World::new().await;
    world.sign_up("Jürgen@Bücher.example").await.unwrap();
    for spelling in [
        " jürgen@bücher.example ",
        "JU\u{308}RGEN@xn--bcher-kva.example",
        "jürgen@BÜCHER.EXAMPLE",
    ] {
        assert!(is_taken(world.sign_up(spelling).await), "{spelling}");
        assert!(world.log_in(spelling, PASSWORD).await.is_ok(), "{spelling}");
    }
}

#[tokio::test]
async fn simultaneous_sign_ups_of_one_address_make_one_account() {
    let world = Arc::new(World::new().await);
    let spellings = ["race@example.org", "Race@example.org", "RACE@EXAMPLE.ORG"];
    let tasks: Vec<_> = (0..24)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move { world.sign_up(spellings[number % 3]).await })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => winners += 1,
            refused => assert!(is_taken(refused)),
        }
    }
    assert_eq!(winners, 1);
    assert!(world.log_in("race@example.org", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn unknown_wrong_and_disabled_get_one_answer() {
    let world = World::new().await;
    let disabled = world.sign_up("disabled@example.org").await.unwrap().account;
    world
        .domain
        .accounts
        .disable(&Caller::System, &disabled)
        .await
        .unwrap();
    for (address, password) in [
        ("unknown@example.org", PASSWORD),
        ("disabled@example.org", PASSWORD),
        ("disabled@example.org", "another password"),
    ] {
        let refused = world.log_in(address, password).await;
        assert!(
            matches!(refused, Err(AccountError::BadCredentials)),
            "{address}"
        );
    }
    world
        .domain
        .accounts
        .enable(&Caller::System, &disabled)
        .await
        .unwrap();
    assert!(world.log_in("disabled@example.org", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_password_is_verified_unchanged() {
    let world = World::new().await;
    world.sign_up("ada@example.org").await.unwrap();
    for password in [
        " a long walk by the sea",
        "A long walk by the sea",
        "a long walk by the se",
    ] {
        assert!(
            world.log_in("ada@example.org", password).await.is_err(),
            "{password:?}"
        );
    }
}

#[tokio::test]
async fn a_common_password_is_refused_at_its_field() {
    let world = World::new().await;
    let form = SignUp {
        password: Password::new("1234567890123".to_owned()),
        ..sign_up_form("ada@example.org")
    };
    let refused = world.domain.accounts.sign_up(&visitor(), &form).await;
    assert!(matches!(refused, Err(AccountError::Invalid(fields))
        if fields.get(Field::Password) == Some(Reason::Common)));
}

#[tokio::test]
async fn a_closed_sign_up_admits_nobody() {
    let world = World::with(DomainSettings {
        signup: SignupMode::Closed,
        ..settings()
    })
    .await;
    let refused = world.sign_up("ada@example.org").await;
    assert!(matches!(refused, Err(AccountError::SignupClosed)));
}

#[tokio::test]
async fn successes_are_not_counted_as_failures() {
    let world = World::with(DomainSettings {
        limits: LimitsMode::Standard,
        ..settings()
    })
    .await;
    world.sign_up("ada@example.org").await.unwrap();
    for _ in 0..15 {
        world.log_in("ada@example.org", PASSWORD).await.unwrap();
    }
    let mut refused_at = None;
    for attempt in 0..20 {
        if let Err(AccountError::TooMany(_)) = world.log_in("ada@example.org", "wrong").await {
            refused_at = Some(attempt);
            break;
        }
    }
    assert_eq!(refused_at, Some(10));
    let refused = world.log_in("ada@example.org", PASSWORD).await;
    assert!(matches!(refused, Err(AccountError::TooMany(_))));
    world.clock.advance(Duration::minutes(2));
    assert!(world.log_in("ada@example.org", PASSWORD).await.is_ok());
}

/// A world in which a source may have two passwords in the pool, and an account one.
async fn world_with_small_shares() -> World {
    let shares = HashingLimits {
        per_flow: 2,
        per_account: 1,
    };
    let hashing = HashingSettings {
        shares,
        ..settings().hashing
    };
    World::with(DomainSettings {
        hashing,
        ..settings()
    })
    .await
}

fn from(number: u8) -> Caller {
    Caller::Anonymous(ClientNetwork::new([192, 0, 2, number].into()))
}

/// Number of these logins, all at once from one source, that find no place in the pool.
async fn crowded_out(world: &World, caller: &Caller, addresses: &[&str]) -> usize {
    let accounts = &world.domain.accounts;
    let forms: Vec<_> = addresses
        .iter()
        .map(|address| log_in_form(address, "a wrong password"))
        .collect();
    let device = Device::default();
    let logins = forms
        .iter()
        .map(|form| accounts.log_in(caller, form, &device));
    let answers = join_all(logins).await;
    let is_crowded = |answer: &Result<_, AccountError>| {
        matches!(answer, Err(AccountError::Hashing(HashingError::ShareFull(wait)))
            if wait.as_secs() >= 1)
    };
    answers.iter().filter(|answer| is_crowded(answer)).count()
}

#[tokio::test]
async fn a_source_with_its_share_of_the_pool_is_refused_and_no_other() {
    let world = world_with_small_shares().await;
    world.sign_up("person2@example.org").await.unwrap();
    let accounts: Vec<_> = (0..6)
        .map(|number| format!("person{number}@example.org"))
        .collect();
    let accounts: Vec<_> = accounts.iter().map(String::as_str).collect();
    let (many, other, somebody) = (from(1), from(2), ["somebody@example.org"]);
    let (refused, refused_elsewhere) = tokio::join!(
        crowded_out(&world, &many, &accounts),
        crowded_out(&world, &other, &somebody),
    );
    assert_eq!((refused, refused_elsewhere), (4, 0));
    // A rejected login counts neither as failed nor against the shares.
    assert_eq!(crowded_out(&world, &many, &accounts[..2]).await, 0);
}

#[tokio::test]
async fn an_account_has_its_share_of_the_pool_whether_or_not_there_is_one() {
    let world = world_with_small_shares().await;
    world.sign_up("known@example.org").await.unwrap();
    for address in ["known@example.org", "unknown@example.org"] {
        let (first, second, one) = (from(1), from(2), [address]);
        let (here, elsewhere) = tokio::join!(
            crowded_out(&world, &first, &one),
            crowded_out(&world, &second, &one),
        );
        assert_eq!((here, elsewhere), (0, 1), "{address}");
    }
}

#[tokio::test]
async fn a_sign_up_takes_part_in_the_share_of_its_source() {
    let world = world_with_small_shares().await;
    let forms: Vec<_> = (0..5)
        .map(|number| sign_up_form(&format!("new{number}@example.org")))
        .collect();
    let caller = from(1);
    let sign_ups = forms
        .iter()
        .map(|form| world.domain.accounts.sign_up(&caller, form));
    let made = join_all(sign_ups).await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 2);
}

#[tokio::test]
async fn right_passwords_are_limited_too() {
    let world = World::with(settings()).await;
    world.sign_up("ada@example.org").await.unwrap();
    for _ in 0..60 {
        world.log_in("ada@example.org", PASSWORD).await.unwrap();
    }
    let refused = world.log_in("ada@example.org", PASSWORD).await;
    let Err(AccountError::TooMany(wait)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(wait.as_secs(), 5);
    world.clock.advance(Duration::seconds(5));
    assert!(world.log_in("ada@example.org", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn unknown_addresses_are_limited_alike() {
    let world = World::with(DomainSettings {
        limits: LimitsMode::Standard,
        ..settings()
    })
    .await;
    for _ in 0..10 {
        let refused = world.log_in("nobody@example.org", PASSWORD).await;
        assert!(matches!(refused, Err(AccountError::BadCredentials)));
    }
    let refused = world.log_in("nobody@example.org", PASSWORD).await;
    assert!(matches!(refused, Err(AccountError::TooMany(_))));
}

#[tokio::test]
async fn names_are_changed_by_their_owner_only() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let caller = world.resume(key).await.unwrap().caller;
    let form = NameChange {
        first_name: " Ada ".to_owned(),
        last_name: String::new(),
    };
    let refused = world.domain.accounts.change_names(&visitor(), &form).await;
    assert!(matches!(refused, Err(AccountError::Unauthenticated)));
    world
        .domain
        .accounts
        .change_names(&caller, &form)
        .await
        .unwrap();
    let visitor = world.resume(key).await.unwrap().current_user;
    assert_eq!(visitor.account.first_name.as_deref(), Some("Ada"));
    assert_eq!(visitor.account.last_name, None);
}

#[tokio::test]
async fn a_deleted_account_is_gone_and_its_address_free() {
    let world = World::new().await;
    let (first, key) = world.account_with_session(1).await;
    world
        .domain
        .accounts
        .delete(&Caller::System, &first)
        .await
        .unwrap();
    assert!(world.resume(key).await.is_none());
    assert!(world.log_in("person1@example.org", PASSWORD).await.is_err());
    let second = world.sign_up("person1@example.org").await.unwrap();
    assert_ne!(second.account, first);
    assert!(world.resume(key).await.is_none());
}

#[tokio::test]
async fn an_abandoned_address_is_taken_by_exactly_one_of_many() {
    let world = Arc::new(World::new().await);
    for round in 0..5 {
        let account = world.sign_up("ada@example.org").await.unwrap().account;
        world
            .domain
            .accounts
            .delete(&Caller::System, &account)
            .await
            .unwrap();
        let tasks: Vec<_> = (0..12)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move { world.sign_up("ada@example.org").await })
            })
            .collect();
        let mut winners = Vec::new();
        for task in tasks {
            winners.extend(task.await.unwrap().ok());
        }
        assert_eq!(winners.len(), 1, "round {round}");
        let login = world.log_in("ada@example.org", PASSWORD).await.unwrap();
        assert_eq!(login.account, winners[0].account);
        world
            .domain
            .accounts
            .delete(&Caller::System, &login.account)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn only_the_operator_disables_and_deletes() {
    let world = World::new().await;
    let (account, key) = world.account_with_session(1).await;
    let owner = world.resume(key).await.unwrap().caller;
    for caller in [visitor(), owner] {
        let accounts = &world.domain.accounts;
        for refused in [
            accounts.disable(&caller, &account).await,
            accounts.enable(&caller, &account).await,
            accounts.delete(&caller, &account).await,
        ] {
            assert!(matches!(refused, Err(AccountError::Forbidden)));
        }
    }
    assert!(world.resume(key).await.is_some());
}

#[tokio::test]
async fn a_malformed_login_is_refused_before_it_costs_anything() {
    let world = World::new().await;
    let refused = world
        .domain
        .accounts
        .log_in(&visitor(), &log_in_form("abc", ""), &Device::default())
        .await;
    assert!(matches!(refused, Err(AccountError::Invalid(fields))
        if fields.get(Field::EmailAddress) == Some(Reason::NotAnEmailAddress)
            && fields.get(Field::Password) == Some(Reason::Required)));
}

//! Known devices: nobody can lock their owner out, and they do not authenticate by themselves.

use domain::{
    Caller, ClientNetwork,
    accounts::{AccountError, Device, VerifiedLogin},
};

use crate::support::{PASSWORD, World, log_in_form, settings, visitor};

const ADA: &str = "ada@example.org";
const WRONG: &str = "a wrong one, really";

/// Logs in from one source on a device.
async fn log_in_on(
    world: &World,
    address: &str,
    password: &str,
    device: &Device,
) -> Result<VerifiedLogin, AccountError> {
    let form = log_in_form(address, password);
    world
        .domain
        .accounts
        .log_in(&visitor(), &form, device)
        .await
}

/// A device after a login.
async fn device_of(world: &World, address: &str) -> Device {
    let login = log_in_on(world, address, PASSWORD, &Device::default()).await;
    remember(world, &login.unwrap(), &Device::default()).await
}

async fn remember(world: &World, login: &VerifiedLogin, device: &Device) -> Device {
    let accounts = &world.domain.accounts;
    let remembered = accounts.remember_device(&visitor(), login, device).await;
    // As a browser sends it back.
    Device::parse(&remembered.unwrap().to_text()).unwrap()
}

async fn world_with_ada() -> (World, Device) {
    let world = World::with(settings()).await;
    world.sign_up(ADA).await.unwrap();
    let device = device_of(&world, ADA).await;
    (world, device)
}

/// Guesses from the owner's source and from many others, until all of them must wait.
async fn besiege(world: &World) {
    let form = log_in_form(ADA, WRONG);
    let accounts = &world.domain.accounts;
    for number in 1..=6 {
        let stranger = Caller::Anonymous(ClientNetwork::new([198, 51, 100, number].into()));
        for _ in 0..10 {
            let _ = accounts.log_in(&stranger, &form, &Device::default()).await;
        }
    }
    for _ in 0..10 {
        let _ = accounts.log_in(&visitor(), &form, &Device::default()).await;
    }
}

fn is_too_many(result: &Result<VerifiedLogin, AccountError>) -> bool {
    matches!(result, Err(AccountError::TooMany(_)))
}

#[tokio::test]
async fn an_owner_on_a_known_device_is_not_kept_out() {
    let (world, device) = world_with_ada().await;
    besiege(&world).await;
    let elsewhere = log_in_on(&world, ADA, PASSWORD, &Device::default()).await;
    assert!(is_too_many(&elsewhere));
    assert!(log_in_on(&world, ADA, PASSWORD, &device).await.is_ok());
}

#[tokio::test]
async fn a_stolen_device_has_as_many_guesses_as_a_source() {
    let (world, device) = world_with_ada().await;
    for _ in 0..10 {
        let refused = log_in_on(&world, ADA, WRONG, &device).await;
        assert!(matches!(refused, Err(AccountError::BadCredentials)));
    }
    assert!(is_too_many(
        &log_in_on(&world, ADA, PASSWORD, &device).await
    ));
    // The owner, at home, does not wait because of the thief.
    assert!(
        log_in_on(&world, ADA, PASSWORD, &Device::default())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_device_of_somebody_else_is_a_stranger() {
    let (world, _) = world_with_ada().await;
    world.sign_up("bob@example.org").await.unwrap();
    let device = device_of(&world, "bob@example.org").await;
    besiege(&world).await;
    assert!(is_too_many(
        &log_in_on(&world, ADA, PASSWORD, &device).await
    ));
}

/// In full width, it may be the address of another account, from before such addresses were
/// mapped.
#[tokio::test]
async fn a_device_and_a_source_are_strangers_to_an_address_in_full_width() {
    let (world, device) = world_with_ada().await;
    besiege(&world).await;
    let wide = "ａｄａ@example.org";
    assert!(is_too_many(
        &log_in_on(&world, wide, PASSWORD, &device).await
    ));
    let (world, device) = world_with_ada().await;
    let another = device_of(&world, ADA).await;
    let guesses = [&device, &another, &Device::default()];
    let mut tried = 0;
    for device in guesses.repeat(10) {
        let guessed = log_in_on(&world, wide, WRONG, device).await;
        tried += usize::from(!is_too_many(&guessed));
    }
    assert_eq!(tried, 10);
}

#[tokio::test]
async fn ending_all_sessions_makes_every_device_a_stranger() {
    let (world, device) = world_with_ada().await;
    let login = log_in_on(&world, ADA, PASSWORD, &device).await.unwrap();
    let key = world.start(login, 1).await;
    let owner = world.resume(key).await.unwrap().caller;
    world
        .domain
        .accounts
        .end_all_sessions(&owner)
        .await
        .unwrap();
    besiege(&world).await;
    assert!(is_too_many(
        &log_in_on(&world, ADA, PASSWORD, &device).await
    ));
}

#[tokio::test]
async fn a_device_opens_no_disabled_and_no_deleted_account() {
    let (world, device) = world_with_ada().await;
    let id = log_in_on(&world, ADA, PASSWORD, &device)
        .await
        .unwrap()
        .account;
    let accounts = &world.domain.accounts;
    accounts.disable(&Caller::System, &id).await.unwrap();
    let refused = log_in_on(&world, ADA, PASSWORD, &device).await;
    assert!(matches!(refused, Err(AccountError::BadCredentials)));
    accounts.delete(&Caller::System, &id).await.unwrap();
    let refused = log_in_on(&world, ADA, PASSWORD, &device).await;
    assert!(matches!(refused, Err(AccountError::BadCredentials)));
}

#[tokio::test]
async fn a_device_of_several_people_is_known_to_each_of_them() {
    let (world, device) = world_with_ada().await;
    let bob = world.sign_up("bob@example.org").await.unwrap();
    let both = remember(&world, &bob, &device).await;
    besiege(&world).await;
    assert!(log_in_on(&world, ADA, PASSWORD, &both).await.is_ok());
    assert!(
        log_in_on(&world, "bob@example.org", PASSWORD, &both)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn another_process_of_the_store_knows_the_device() {
    let (world, device) = world_with_ada().await;
    let other = world.over(world.documents.clone());
    let form = log_in_form(ADA, WRONG);
    for number in 1..=6 {
        let stranger = Caller::Anonymous(ClientNetwork::new([198, 51, 100, number].into()));
        for _ in 0..10 {
            let _ = other
                .accounts
                .log_in(&stranger, &form, &Device::default())
                .await;
        }
    }
    let right = log_in_form(ADA, PASSWORD);
    let (owner, unknown) = (visitor(), Device::default());
    let elsewhere = other.accounts.log_in(&owner, &right, &unknown);
    assert!(is_too_many(&elsewhere.await));
    assert!(
        other
            .accounts
            .log_in(&visitor(), &right, &device)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_login_on_a_device_whose_proof_has_ended_is_one_success() {
    let (world, device) = world_with_ada().await;
    let login = log_in_on(&world, ADA, PASSWORD, &device).await.unwrap();
    let key = world.start(login, 1).await;
    let owner = world.resume(key).await.unwrap().caller;
    let accounts = &world.domain.accounts;
    accounts.end_all_sessions(&owner).await.unwrap();
    // An account has 60 successful logins at once, and two were made above.
    for number in 0..58 {
        let login = log_in_on(&world, ADA, PASSWORD, &device).await;
        assert!(login.is_ok(), "{number}: {login:?}");
    }
    let login = log_in_on(&world, ADA, PASSWORD, &device).await;
    assert!(is_too_many(&login), "{login:?}");
}

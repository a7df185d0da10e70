use testbed::Place;
use time::Duration;

use super::*;

const ADA: &str = "email/ada";
const BOB: &str = "email/bob";

fn after(days: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::days(20_000 + days)
}

async fn devices() -> (Place, Devices) {
    let place = Place::fresh();
    let documents = place.open(&crate::collections()).await;
    (place, Devices::new(Arc::new(StoreKey::new(documents))))
}

async fn epoch_of(devices: &Devices, device: &Device, claim: &str, days: i64) -> Option<u64> {
    devices.epoch_of(device, claim, after(days)).await.unwrap()
}

async fn remember(devices: &Devices, device: &Device, claim: &str, epoch: u64) -> Device {
    let remembered = devices.remember(device, claim, epoch, after(0));
    remembered.await.unwrap()
}

#[tokio::test]
async fn a_device_proves_the_accounts_that_it_has_logged_in_to_and_no_others() {
    let (_place, devices) = devices().await;
    let device = remember(&devices, &Device::default(), ADA, 3).await;
    assert_eq!(epoch_of(&devices, &device, ADA, 0).await, Some(3));
    assert_eq!(epoch_of(&devices, &device, BOB, 0).await, None);
    let both = remember(&devices, &device, BOB, 0).await;
    assert_eq!(both.id(), device.id());
    assert_eq!(epoch_of(&devices, &both, ADA, 0).await, Some(3));
    assert_eq!(epoch_of(&devices, &both, BOB, 0).await, Some(0));
}

#[tokio::test]
async fn a_text_that_was_changed_anywhere_proves_nothing() {
    let (_place, devices) = devices().await;
    let device = remember(&devices, &Device::default(), ADA, 0).await;
    let text = device.to_text();
    assert_eq!(Device::parse(&text).unwrap(), device);
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&text).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let Some(changed) = Device::parse(&BASE64_URL_SAFE_NO_PAD.encode(changed)) else {
            continue;
        };
        assert_eq!(epoch_of(&devices, &changed, ADA, 0).await, None, "{at}");
    }
}

#[tokio::test]
async fn what_is_not_a_device_is_none() {
    let (_place, devices) = devices().await;
    let text = remember(&devices, &Device::default(), ADA, 0)
        .await
        .to_text();
    for text in [
        "",
        "AQ",
        "%%%",
        &text[1..],
        &text[..text.len() - 4],
        &format!("{text}AAAA"),
    ] {
        assert!(Device::parse(text).is_none(), "{text}");
    }
}

#[tokio::test]
async fn a_proof_ends_after_400_days_and_none_is_from_the_future() {
    let (_place, devices) = devices().await;
    let device = remember(&devices, &Device::default(), ADA, 0).await;
    assert_eq!(epoch_of(&devices, &device, ADA, 400).await, Some(0));
    assert_eq!(epoch_of(&devices, &device, ADA, 401).await, None);
    assert_eq!(epoch_of(&devices, &device, ADA, -1).await, None);
}

#[tokio::test]
async fn a_device_keeps_its_last_accounts_each_once() {
    let (_place, devices) = devices().await;
    let mut device = remember(&devices, &Device::default(), ADA, 0).await;
    for _ in 0..3 {
        device = remember(&devices, &device, BOB, 1).await;
    }
    assert_eq!(device.proofs.len(), 2);
    for number in 0..MAX_PROOFS {
        device = remember(&devices, &device, &format!("email/{number}"), 0).await;
    }
    assert_eq!(device.proofs.len(), MAX_PROOFS);
    assert_eq!(epoch_of(&devices, &device, ADA, 0).await, None);
    assert_eq!(epoch_of(&devices, &device, "email/0", 0).await, Some(0));
}

#[tokio::test]
async fn processes_of_one_store_have_one_key_and_those_of_another_have_another() {
    let place = Place::fresh();
    let documents = place.open(&crate::collections()).await;
    let one = Devices::new(Arc::new(StoreKey::new(documents.clone())));
    let device = remember(&one, &Device::default(), ADA, 0).await;
    let other = Devices::new(Arc::new(StoreKey::new(documents)));
    assert_eq!(epoch_of(&other, &device, ADA, 0).await, Some(0));
    let (_place, foreign) = devices().await;
    assert_eq!(epoch_of(&foreign, &device, ADA, 0).await, None);
}

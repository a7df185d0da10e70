use super::*;

const ADA: &str = "email/ada";
const BOB: &str = "email/bob";
const TODAY: u32 = 20_000;

fn key() -> DeviceKey {
    DeviceKey::new(&[7; 32]).unwrap()
}

fn epoch_of(key: &DeviceKey, device: &Device, claim: &str, days: i32) -> Option<u64> {
    key.epoch_of(device, claim, TODAY.checked_add_signed(days).unwrap())
}

fn remember(key: &DeviceKey, device: &Device, claim: &str, epoch: u64) -> Device {
    key.remember(device, claim, epoch, TODAY)
}

#[test]
fn a_device_proves_the_accounts_that_it_has_logged_in_to_and_no_others() {
    let devices = key();
    let device = remember(&devices, &Device::default(), ADA, 3);
    assert_eq!(epoch_of(&devices, &device, ADA, 0), Some(3));
    assert_eq!(epoch_of(&devices, &device, BOB, 0), None);
    let both = remember(&devices, &device, BOB, 0);
    assert_eq!(both.id(), device.id());
    assert_eq!(epoch_of(&devices, &both, ADA, 0), Some(3));
    assert_eq!(epoch_of(&devices, &both, BOB, 0), Some(0));
}

#[test]
fn a_text_that_was_changed_anywhere_proves_nothing() {
    let devices = key();
    let device = remember(&devices, &Device::default(), ADA, 0);
    let text = device.to_text();
    assert_eq!(Device::parse(&text).unwrap(), device);
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&text).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let Some(changed) = Device::parse(&BASE64_URL_SAFE_NO_PAD.encode(changed)) else {
            continue;
        };
        assert_eq!(epoch_of(&devices, &changed, ADA, 0), None, "{at}");
    }
}

#[test]
fn what_is_not_a_device_is_none() {
    let devices = key();
    let text = remember(&devices, &Device::default(), ADA, 0).to_text();
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

#[test]
fn a_proof_ends_after_400_days_and_none_is_from_the_future() {
    let devices = key();
    let device = remember(&devices, &Device::default(), ADA, 0);
    assert_eq!(epoch_of(&devices, &device, ADA, 400), Some(0));
    assert_eq!(epoch_of(&devices, &device, ADA, 401), None);
    assert_eq!(epoch_of(&devices, &device, ADA, -1), None);
}

#[test]
fn a_device_keeps_its_last_accounts_each_once() {
    let devices = key();
    let mut device = remember(&devices, &Device::default(), ADA, 0);
    for _ in 0..3 {
        device = remember(&devices, &device, BOB, 1);
    }
    assert_eq!(device.proofs.len(), 2);
    for number in 0..MAX_PROOFS {
        device = remember(&devices, &device, &format!("email/{number}"), 0);
    }
    assert_eq!(device.proofs.len(), MAX_PROOFS);
    assert_eq!(epoch_of(&devices, &device, ADA, 0), None);
    assert_eq!(epoch_of(&devices, &device, "email/0", 0), Some(0));
}

#[test]
fn another_key_proves_nothing() {
    let device = remember(&key(), &Device::default(), ADA, 0);
    let other = DeviceKey::new(&[8; 32]).unwrap();
    assert_eq!(epoch_of(&other, &device, ADA, 0), None);
}

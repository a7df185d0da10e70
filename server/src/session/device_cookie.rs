//! The cookie of a device that has logged in before.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderValue, header};
use domain::accounts::{DEVICE_DAYS, Device};

const SECONDS_PER_DAY: u32 = 24 * 60 * 60;

/// The name and the attributes of the device cookie: those of the session cookie, but it lives longer.
#[derive(Debug)]
pub(crate) struct DeviceCookie {
    is_secure: bool,
}

/// The device cookie of a request and its replacement; an extension of requests that can start a
/// session.
#[derive(Clone, Debug, Default)]
pub(super) struct PresentedDevice {
    pub(super) device: Device,
    remembered: Arc<Mutex<Option<Device>>>,
}

impl PresentedDevice {
    /// Sets the device for the response, which now includes a new login.
    pub(super) fn remember(&self, device: Device) {
        let mut remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *remembered = Some(device);
    }

    fn take_remembered(&self) -> Option<Device> {
        let mut remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        remembered.take()
    }
}

impl DeviceCookie {
    pub(crate) fn new(is_secure: bool) -> Self {
        Self { is_secure }
    }

    /// The device of a request. Two cookies of the name are treated as none, because another host has set
    /// one of them.
    pub(super) fn read(&self, headers: &HeaderMap) -> PresentedDevice {
        let mut values = headers
            .get_all(header::COOKIE)
            .iter()
            .flat_map(|cookies| cookies.as_bytes().split(|byte| *byte == b';'))
            .filter_map(|pair| pair.trim_ascii().strip_prefix(self.name().as_bytes()))
            .filter_map(|rest| rest.strip_prefix(b"="));
        let only = match (values.next(), values.next()) {
            (Some(value), None) => str::from_utf8(value).ok(),
            (_, _) => None,
        };
        PresentedDevice {
            device: only.and_then(Device::parse).unwrap_or_default(),
            ..PresentedDevice::default()
        }
    }

    /// Sets the cookie of a device that has logged in.
    pub(super) fn write(&self, headers: &mut HeaderMap, presented: &PresentedDevice) {
        let Some(device) = presented.take_remembered() else {
            return;
        };
        let secure = if self.is_secure { "Secure; " } else { "" };
        let cookie = format!(
            "{}={}; {secure}HttpOnly; Path=/; SameSite=Lax; Max-Age={}",
            self.name(),
            device.to_text(),
            DEVICE_DAYS * SECONDS_PER_DAY
        );
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }

    fn name(&self) -> &'static str {
        if self.is_secure {
            "__Host-device"
        } else {
            "device"
        }
    }
}

//! Disposable certificates for TLS on loopback.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};

/// A certificate for `127.0.0.1` and `localhost`, its key, and the authority that signed it; PEM.
#[derive(Debug)]
pub struct Certificates {
    /// The certificate of the authority. Its key is dropped, so it signs nothing else.
    pub(crate) ca: String,
    /// The certificate of the server.
    pub(crate) certificate: String,
    /// The key of the server.
    pub(crate) key: String,
}

impl Certificates {
    /// Generates a new set.
    ///
    /// # Errors
    /// If there is no randomness.
    pub fn generate() -> Result<Self> {
        let ca_key = KeyPair::generate()?;
        let ca = authority()?;
        let ca_certificate = ca.self_signed(&ca_key)?;
        let issuer = Issuer::new(ca, ca_key);
        let key = KeyPair::generate()?;
        let names = ["localhost", "127.0.0.1"].map(str::to_owned);
        let mut server = CertificateParams::new(names)?;
        name(&mut server, "Inspired test server");
        Ok(Self {
            ca: ca_certificate.pem(),
            certificate: server.signed_by(&key, &issuer)?.pem(),
            key: key.serialize_pem(),
        })
    }

    /// Writes `ca.crt`, `node.crt` and `node.key` into this folder.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let files = [
            ("ca.crt", &self.ca),
            ("node.crt", &self.certificate),
            ("node.key", &self.key),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

fn authority() -> Result<CertificateParams> {
    let mut authority = CertificateParams::new([])?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    name(&mut authority, "Inspired test authority");
    Ok(authority)
}

fn name(parameters: &mut CertificateParams, name: &str) {
    parameters.distinguished_name.push(DnType::CommonName, name);
}

//! Compresses files once, at build time, instead of for every request.

use std::io::Write as _;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The compressed forms of a file; `None` if a form is not smaller.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compressed {
    /// Brotli at its highest level.
    pub(crate) brotli: Option<Vec<u8>>,
    /// gzip at its highest level.
    pub(crate) gzip: Option<Vec<u8>>,
}

/// Compresses a file in both forms.
pub(crate) fn compress(content: &[u8]) -> Result<Compressed> {
    let smaller = |form: Vec<u8>| (form.len() < content.len()).then_some(form);
    Ok(Compressed {
        brotli: smaller(brotli(content)?),
        gzip: smaller(gzip(content)?),
    })
}

fn brotli(mut content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut form = Vec::new();
    brotli::BrotliCompress(&mut content, &mut form, &parameters)?;
    Ok(form)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::compress;

    #[test]
    fn what_is_compressed_comes_back_as_it_was() {
        let content = "the same words again and again; ".repeat(100);
        let compressed = compress(content.as_bytes()).unwrap();

        let mut from_brotli = Vec::new();
        let brotli = compressed.brotli.unwrap();
        brotli::BrotliDecompress(&mut brotli.as_slice(), &mut from_brotli).unwrap();
        assert_eq!(from_brotli, content.as_bytes());

        let mut from_gzip = String::new();
        let gzip = compressed.gzip.unwrap();
        let mut decoder = flate2::read::GzDecoder::new(gzip.as_slice());
        decoder.read_to_string(&mut from_gzip).unwrap();
        assert_eq!(from_gzip, content);
    }

    #[test]
    fn a_form_that_is_not_smaller_is_left_out() {
        let compressed = compress(b"x").unwrap();
        assert!(compressed.brotli.is_none() && compressed.gzip.is_none());
    }
}

//! The address of the socket.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// The file name of the socket in the data folder.
pub(super) const NAME: &str = "operator.sock";

/// Maximum length of a path for `bind` and `connect`: `sun_path` has 104 bytes on macOS and the BSDs,
/// 108 on Linux, including the terminating zero.
const MAX_PATH: usize = 103;

/// A path for `bind` and `connect`, valid while this value exists.
#[derive(Debug)]
pub(super) struct SocketAddress {
    path: PathBuf,
    /// The open folder, if the path refers to its descriptor.
    _folder: Option<File>,
}

impl SocketAddress {
    /// The address of a socket in a folder, also if the path of the folder is long.
    ///
    /// # Errors
    /// If the folder does not exist; on systems other than Linux also if the path is too long.
    pub(super) fn new(folder: &Path, name: &str) -> io::Result<Self> {
        let path = folder.join(name);
        if path.as_os_str().len() <= MAX_PATH {
            return Ok(Self {
                path,
                _folder: None,
            });
        }
        through_descriptor(folder, name)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(target_os = "linux")]
fn through_descriptor(folder: &Path, name: &str) -> io::Result<SocketAddress> {
    use std::os::fd::AsRawFd;

    let folder = File::open(folder)?;
    let number = folder.as_raw_fd();
    Ok(SocketAddress {
        path: PathBuf::from(format!("/proc/self/fd/{number}/{name}")),
        _folder: Some(folder),
    })
}

#[cfg(not(target_os = "linux"))]
fn through_descriptor(folder: &Path, name: &str) -> io::Result<SocketAddress> {
    let path = folder.join(name);
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!(
            "the path '{}' is longer than {MAX_PATH} bytes, which is the most that this system \
             allows for a socket: choose a shorter --data",
            path.display()
        ),
    ))
}

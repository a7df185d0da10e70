//! The server's side of the socket.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use domain::Domain;
use rustix::process::geteuid;
use tokio::{
    net::{UnixListener, UnixStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinHandle,
    time::{sleep, timeout},
};

use super::{
    execute::execute,
    message::{MessageError, OperatorReply, OperatorRequest, receive, send},
    socket_address::{NAME, SocketAddress},
};

/// The file name of the socket before its permissions are set.
const UNFINISHED: &str = "operator.sock.new";
/// Maximum number of requests that are executed at once; further ones wait to be accepted.
const MAX_COMMANDS: usize = 4;
/// Maximum time for receiving a request, and for sending the reply.
const TRANSFER: Duration = Duration::from_secs(5);
/// Pause after a failed `accept`, usually for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);
/// Maximum time that running requests have to finish when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// The listening socket; stopping or dropping it removes the file.
#[derive(Debug)]
pub(crate) struct OperatorSocket {
    file: SocketFile,
    stop: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
}

impl OperatorSocket {
    /// Listens in a data folder that belongs to this process. An existing socket was left by a killed
    /// process and is replaced.
    ///
    /// # Errors
    /// If the socket cannot be created.
    pub(crate) fn start(folder: &Path, domain: Arc<Domain>) -> io::Result<Self> {
        let (listener, file) = bind(folder)?;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(serve(listener, domain, stopped));
        Ok(Self {
            file,
            stop,
            task: Some(task),
        })
    }

    /// Stops accepting requests and waits for the running ones.
    pub(crate) async fn stop(mut self) {
        self.file.remove();
        self.stop.send_replace(true);
        if let Some(task) = self.task.take() {
            // The task fails only by a panic, which the panic hook has logged.
            let _ = task.await;
        }
    }
}

/// The file of a socket; dropping it removes the file.
#[derive(Debug)]
struct SocketFile {
    path: PathBuf,
    /// Device and inode.
    id: (u64, u64),
}

impl SocketFile {
    /// Removes the file, unless another process has replaced it.
    fn remove(&self) {
        if id(&self.path).is_ok_and(|id| id == self.id) {
            // A file that cannot be removed is replaced by the next server.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        self.remove();
    }
}

fn id(path: &Path) -> io::Result<(u64, u64)> {
    let found = fs::symlink_metadata(path)?;
    Ok((found.dev(), found.ino()))
}

/// Binds the socket under a temporary name, sets its permissions and renames it, so that
/// `operator.sock` never has permissions other than 0600.
///
/// Between `bind` and `set_permissions` the temporary socket has the permissions that the umask leaves.
/// Other users are kept out by the folder, which is 0700, and by the check of the peer.
fn bind(folder: &Path) -> io::Result<(UnixListener, SocketFile)> {
    let (unfinished, path) = (folder.join(UNFINISHED), folder.join(NAME));
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(SocketAddress::new(folder, UNFINISHED)?.path())?;
    fs::set_permissions(&unfinished, Permissions::from_mode(0o600))?;
    fs::rename(&unfinished, &path)?;
    let id = id(&path)?;
    Ok((listener, SocketFile { path, id }))
}

async fn serve(listener: UnixListener, domain: Arc<Domain>, mut stopped: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(MAX_COMMANDS));
    loop {
        let accepted = tokio::select! {
            // An error means that the socket was dropped, which is a stop as well.
            _ = stopped.wait_for(|stopped| *stopped) => break,
            accepted = accept(&listener, &places) => accepted,
        };
        if let Some((stream, place)) = accepted {
            tokio::spawn(answer(stream, domain.clone(), place));
        }
    }
    drop(listener);
    let all = u32::try_from(MAX_COMMANDS).unwrap_or(u32::MAX);
    if timeout(GRACE, places.acquire_many(all)).await.is_err() {
        tracing::warn!("a command of the operator was not finished in time");
    }
}

async fn accept(
    listener: &UnixListener,
    places: &Arc<Semaphore>,
) -> Option<(UnixStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            tracing::warn!(%error, "a command of the operator could not be accepted");
            sleep(PAUSE).await;
            None
        }
    }
}

/// Executes one request. It is finished even if the command has disconnected.
async fn answer(mut stream: UnixStream, domain: Arc<Domain>, _place: OwnedSemaphorePermit) {
    if let Err(user) = check_peer(&stream) {
        tracing::warn!(user, "a command of another user was refused");
        return;
    }
    let reply = match timeout(TRANSFER, receive::<OperatorRequest>(&mut stream)).await {
        Ok(Ok(request)) => execute(&domain, &request).await,
        Ok(Err(error)) => refuse(&error),
        Err(_) => return,
    };
    match timeout(TRANSFER, send(&mut stream, &reply)).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) | Err(_) => tracing::warn!("a command of the operator did not read its reply"),
    }
}

/// Admits the user that runs the server and root. The permissions of the folder and the socket exclude
/// other users as well; this check still holds if those were changed, and before the socket has its
/// permissions.
fn check_peer(stream: &UnixStream) -> Result<(), String> {
    let peer = stream.peer_cred().map_err(|error| error.to_string())?;
    match is_admitted(peer.uid(), geteuid().as_raw()) {
        true => Ok(()),
        false => Err(peer.uid().to_string()),
    }
}

fn is_admitted(peer: u32, own: u32) -> bool {
    peer == own || peer == 0
}

fn refuse(error: &MessageError) -> OperatorReply {
    let sentence = match error {
        MessageError::Version { .. } => format!(
            "the server that runs is of another version: {error}; use the program that it was started \
             from, or start it anew"
        ),
        error => format!("the server did not understand the command: {error}"),
    };
    OperatorReply::Failed { sentence }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_and_the_own_user_are_admitted_and_nobody_else() {
        assert!(is_admitted(1000, 1000));
        assert!(is_admitted(0, 1000));
        assert!(is_admitted(0, 0));
        assert!(!is_admitted(1001, 1000));
        assert!(!is_admitted(1000, 0));
    }

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o7777
    }

    #[tokio::test]
    async fn the_socket_is_private_replaces_a_stale_one_and_goes_with_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        // Left by processes that were killed before and after the rename.
        drop(UnixListener::bind(&path).unwrap());
        drop(UnixListener::bind(folder.path().join(UNFINISHED)).unwrap());
        let (_listener, file) = bind(folder.path()).unwrap();
        assert_eq!(mode(&path), 0o600);
        UnixStream::connect(&path).await.unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn a_socket_of_a_later_server_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (_first, file) = bind(folder.path()).unwrap();
        let (_second, _kept) = bind(folder.path()).unwrap();
        drop(file);
        UnixStream::connect(folder.path().join(NAME)).await.unwrap();
    }

    #[tokio::test]
    async fn a_folder_with_a_long_path_has_a_socket_too() {
        let folder = tempfile::tempdir().unwrap();
        let long = folder.path().join("a-folder-with-a-long-name/".repeat(9));
        fs::create_dir_all(&long).unwrap();
        let (listener, _file) = bind(&long).unwrap();
        assert_eq!(mode(&long.join(NAME)), 0o600);
        let address = SocketAddress::new(&long, NAME).unwrap();
        let (accepted, connected) =
            tokio::join!(listener.accept(), UnixStream::connect(address.path()));
        accepted.unwrap();
        connected.unwrap();
    }
}

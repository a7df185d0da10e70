//! The socket by which a command reaches a server that runs.

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
    address::{NAME, SocketAddress},
    execute::execute,
    message::{MessageError, Reply, Request, receive, send},
};

/// The name of the socket until its permissions are set.
const UNFINISHED: &str = "operator.sock.new";
/// Maximum number of commands that are carried out at once; others wait to be accepted.
const MAX_COMMANDS: usize = 4;
/// How long a command may take to send its request, and to read the reply.
const TRANSFER: Duration = Duration::from_secs(5);
/// How long to wait when the machine has no more file descriptors.
const PAUSE: Duration = Duration::from_millis(100);
/// How long commands that are being carried out may take to finish when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// A socket that is listened on, until it is stopped or dropped.
#[derive(Debug)]
pub(crate) struct OperatorSocket {
    file: SocketFile,
    stop: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
}

impl OperatorSocket {
    /// Listens in a data folder that belongs to this process. A socket that is there already was left
    /// by a process that was killed, and is replaced.
    ///
    /// # Errors
    /// When there cannot be a socket.
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

    /// Accepts no further command, and waits for those that are being carried out.
    pub(crate) async fn stop(mut self) {
        self.file.remove();
        self.stop.send_replace(true);
        if let Some(task) = self.task.take() {
            // It ends with an error only when it panicked, which the panic hook has logged.
            let _ = task.await;
        }
    }
}

/// The file of a socket; removed when dropped.
#[derive(Debug)]
struct SocketFile {
    path: PathBuf,
    /// Device and number.
    id: (u64, u64),
}

impl SocketFile {
    /// Removes the socket, unless it is another process's by now.
    fn remove(&self) {
        if id(&self.path).is_ok_and(|id| id == self.id) {
            // One that stays is replaced by the next server.
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

/// Binds the socket under another name, sets its permissions, and renames it, so `operator.sock`
/// never has other permissions than 0600.
///
/// Between `bind` and `set_permissions` the unfinished socket has the permissions that the umask
/// leaves. What keeps other users out then is the folder, which is 0700, and the check of the peer.
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
            // An error means that the socket was dropped, which stops it as well.
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

/// Carries out one command. It goes on when the command has hung up: what was begun is finished.
async fn answer(mut stream: UnixStream, domain: Arc<Domain>, _place: OwnedSemaphorePermit) {
    if let Err(user) = check_peer(&stream) {
        tracing::warn!(user, "a command of another user was refused");
        return;
    }
    let reply = match timeout(TRANSFER, receive::<Request>(&mut stream)).await {
        Ok(Ok(request)) => execute(&domain, &request).await,
        Ok(Err(error)) => refuse(&error),
        Err(_) => return,
    };
    match timeout(TRANSFER, send(&mut stream, &reply)).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) | Err(_) => tracing::warn!("a command of the operator did not read its reply"),
    }
}

/// Admits the user that runs the server and root. The permissions of the folder and of the socket
/// keep other users away as well; this check does so where those were changed, and before the
/// socket has its own.
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

fn refuse(error: &MessageError) -> Reply {
    let sentence = match error {
        MessageError::Version { .. } => format!(
            "the server that runs is of another version: {error}; use the program that it was started \
             from, or start it anew"
        ),
        error => format!("the server did not understand the command: {error}"),
    };
    Reply::Failed { sentence }
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
        // Left by processes that were killed at two moments.
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

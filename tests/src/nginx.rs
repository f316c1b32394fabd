//! A real nginx on the loopback, for one folder, gone with the test.

use crate::browser::fresh_folder;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running nginx.
#[derive(Debug)]
pub struct Nginx {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Nginx {
    /// Serves `root` on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// Where nginx is not installed (`tests/run` installs it) or does not answer.
    #[must_use]
    pub fn serve(root: &Path) -> Self {
        let folder = fresh_folder();
        let port = free_port();
        std::fs::write(
            folder.join("nginx.conf"),
            configuration(root, &folder, port),
        )
        .expect("a configuration file");
        let child = Command::new("nginx")
            .arg("-p")
            .arg(&folder)
            .args(["-c", "nginx.conf", "-e", "stderr"])
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx is installed");
        wait_for_port(port);
        Self {
            child,
            folder,
            port,
        }
    }

    /// `http://127.0.0.1:PORT/`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn configuration(root: &Path, folder: &Path, port: u16) -> String {
    let (root, folder) = (root.display(), folder.display());
    format!(
        "daemon off; worker_processes 1; master_process off; pid {folder}/pid; error_log stderr crit;\n\
         events {{ worker_connections 64; }}\n\
         http {{ include /etc/nginx/mime.types; access_log off; charset utf-8;\n\
           client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n\
           server {{ listen 127.0.0.1:{port}; root {root}; error_page 404 /404.html; }} }}\n"
    )
}

/// A port that was free a moment ago.
///
/// # Panics
/// Where the system has none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Waits until something answers on a port of the loopback.
///
/// # Panics
/// After 20 seconds.
pub fn wait_for_port(port: u16) {
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nothing answers on port {port}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

//! Real servers of Debian's packages on the loopback, with the settings that the site publishes, gone with the test.
//!
//! Of the published settings only what they ask to change is changed: the folder, the port, the name, and the lines
//! marked for another path.

use crate::browser::fresh_folder;
use crate::nginx::{free_port, wait_for_port};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logiciel {
    /// nginx as Debian's `nginx-light`.
    Nginx,
    /// The same with the module that sends `.br` files, and the line of the settings that asks for it.
    NginxBrotli,
    /// Apache as Debian's `apache2-bin`.
    Apache,
    /// Caddy as Debian's `caddy`.
    Caddy,
}

/// A running server for one site.
#[derive(Debug)]
pub struct Serveur {
    child: Child,
    folder: PathBuf,
    /// Its port of 127.0.0.1.
    pub port: u16,
    chemin: String,
}

impl Serveur {
    /// Serves a site that was built for the root under a path, `/` or `/care/`, on a free port.
    ///
    /// # Panics
    /// Where the server is not installed (`tests/run` installs it) or does not answer.
    #[must_use]
    pub fn start(logiciel: Logiciel, site: &Path, chemin: &str) -> Self {
        Self::start_at(logiciel, site, chemin, free_port())
    }

    /// The same on a given port.
    ///
    /// # Panics
    /// Likewise.
    #[must_use]
    pub fn start_at(logiciel: Logiciel, site: &Path, chemin: &str, port: u16) -> Self {
        let folder = fresh_folder();
        let mut command = match logiciel {
            Logiciel::Nginx | Logiciel::NginxBrotli => nginx(logiciel, site, chemin, &folder, port),
            Logiciel::Apache => apache(site, chemin, &folder, port),
            Logiciel::Caddy => caddy(site, chemin, &folder, port),
        };
        let errors = std::fs::File::create(folder.join("erreurs")).expect("a file");
        let child = command
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn()
            .unwrap_or_else(|error| panic!("{logiciel:?} is not installed: {error}"));
        wait_for_port(port);
        Self {
            child,
            folder,
            port,
            chemin: chemin.to_owned(),
        }
    }

    /// `http://127.0.0.1:PORT/care/` and what follows.
    #[must_use]
    pub fn url(&self, address: &str) -> String {
        format!("http://127.0.0.1:{}{}{address}", self.port, self.chemin)
    }

    /// The requests that it answered so far, a line each (nginx alone keeps them).
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("journal")).unwrap_or_default()
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The published settings, each change found where it is expected.
fn settings(site: &Path, name: &str, changes: &[(&str, String)]) -> String {
    let text = std::fs::read_to_string(site.join("heberger").join(name)).expect("the settings");
    changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not in {name}");
        text.replace(from, to)
    })
}

fn nginx(logiciel: Logiciel, site: &Path, chemin: &str, folder: &Path, port: u16) -> Command {
    let mut changes = vec![
        ("/srv/care/", format!("{}/", site.display())),
        ("listen 80;", format!("listen 127.0.0.1:{port};")),
        ("location / {", format!("location {chemin} {{")),
        ("=404 /404.html;", format!("=404 {chemin}404.html;")),
    ];
    let mut module = "";
    if logiciel == Logiciel::NginxBrotli {
        changes.push(("#brotli_static on;", "brotli_static on;".to_owned()));
        module = "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;";
    }
    let site = settings(site, "nginx.conf", &changes);
    let f = folder.display();
    let text = format!(
        "{module} daemon off; worker_processes 1; master_process off; pid {f}/pid; error_log stderr crit;\n\
         events {{ worker_connections 256; }}\n\
         http {{ include /etc/nginx/mime.types; access_log {f}/journal; sendfile on; keepalive_requests 100000;\n\
           client_body_temp_path {f}/t1; proxy_temp_path {f}/t2; fastcgi_temp_path {f}/t3; uwsgi_temp_path {f}/t4; scgi_temp_path {f}/t5;\n\
           {site} }}\n"
    );
    std::fs::write(folder.join("nginx.conf"), text).expect("a configuration file");
    let mut command = Command::new("nginx");
    command
        .arg("-p")
        .arg(folder)
        .args(["-c", "nginx.conf", "-e", "stderr"]);
    command
}

fn apache(site: &Path, chemin: &str, folder: &Path, port: u16) -> Command {
    let changes = [
        ("/srv/care", site.display().to_string()),
        ("CARE_CHEMIN /\n", format!("CARE_CHEMIN {chemin}\n")),
    ];
    let site = settings(site, "apache.conf", &changes);
    let modules = [
        "mpm_event",
        "authz_core",
        "alias",
        "dir",
        "headers",
        "mime",
        "rewrite",
    ];
    let modules: String = modules
        .iter()
        .map(|m| {
            [
                "LoadModule ",
                m,
                "_module /usr/lib/apache2/modules/mod_",
                m,
                ".so\n",
            ]
            .concat()
        })
        .collect();
    let f = folder.display();
    let text = format!(
        "{modules}ServerRoot {f}\nListen 127.0.0.1:{port}\nServerName 127.0.0.1:{port}\nPidFile {f}/pid\n\
         ErrorLog {f}/erreurs-apache\nTypesConfig /dev/null\nUser www-data\nGroup www-data\nDocumentRoot {f}\n{site}"
    );
    std::fs::write(folder.join("apache.conf"), text).expect("a configuration file");
    let mut command = Command::new("apache2");
    // One process, in the foreground: it leaves nothing behind when it is killed.
    command.arg("-X").arg("-f").arg(folder.join("apache.conf"));
    command
}

fn caddy(site: &Path, chemin: &str, folder: &Path, port: u16) -> Command {
    let changes = [
        ("/srv/care", site.display().to_string()),
        ("handle_path /*", format!("handle_path {chemin}*")),
        ("care.exemple.fr", format!("http://127.0.0.1:{port}")),
    ];
    let site = settings(site, "Caddyfile", &changes);
    let text = format!("{{\n\tadmin off\n\tauto_https off\n}}\n{site}");
    std::fs::write(folder.join("Caddyfile"), text).expect("a configuration file");
    let mut command = Command::new("caddy");
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(folder.join("Caddyfile"))
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder);
    command
}

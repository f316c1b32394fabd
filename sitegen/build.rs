//! Tells the program by which compiler it was made: the modules of the browser are made by the same, and those that another
//! one made are not taken for them.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = Command::new(rustc).arg("-vV").output();
    let told = told.map(|output| output.stdout).unwrap_or_default();
    let lines: Vec<String> = String::from_utf8_lossy(&told)
        .lines()
        .map(str::to_owned)
        .collect();
    println!("cargo:rustc-env=SITEGEN_RUSTC={}", lines.join(", "));
}

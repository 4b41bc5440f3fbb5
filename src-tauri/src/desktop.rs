//! What must be known about the desktop before a window is opened on it.

/// Sees to it that a window can be opened here; otherwise says why not.
pub(crate) fn fit() -> Result<(), String> {
    #[cfg(target_os = "linux")]
    {
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        if !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
            return Err(
                "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so there is no window to open. \
                        Without one, use the command line: workprint film \"A short film about …\" --yes"
                    .to_owned(),
            );
        }
        shun_dmabuf(set)?;
    }
    Ok(())
}

/// WebKitGTK paints nothing, or dies with "Error 71", with NVIDIA's driver under Wayland while it shares its pictures
/// by DMABUF (<https://github.com/tauri-apps/tauri/issues/10702>). The variable must be there when the process starts,
/// so the process starts itself again, once.
#[cfg(target_os = "linux")]
fn shun_dmabuf(set: impl Fn(&str) -> bool) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if !nvidia || !set("WAYLAND_DISPLAY") || std::env::var_os(SWITCH).is_some() {
        return Ok(());
    }
    let program = std::env::current_exe().map_err(|e| format!("the program does not find itself: {e}"))?;
    let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(SWITCH, "1").exec();
    Err(format!("the program could not start itself again: {error}"))
}

/// True when a second start should raise the first one's window. Needs a session bus; a data folder of its own is a
/// program of its own, and tests start many.
pub(crate) fn one_instance() -> bool {
    let unset = |name: &str| std::env::var_os(name).is_none();
    unset("WORKPRINT_NO_SINGLE_INSTANCE") && unset("WORKPRINT_HOME") && bus_answers()
}

#[cfg(target_os = "linux")]
fn bus_answers() -> bool {
    use std::os::unix::net::UnixStream;
    let address = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap_or_default();
    if address.is_empty() {
        return std::env::var("XDG_RUNTIME_DIR")
            .is_ok_and(|folder| UnixStream::connect(format!("{folder}/bus")).is_ok());
    }
    match address.split([';', ',']).find_map(|part| part.strip_prefix("unix:path=")) {
        Some(path) => UnixStream::connect(path).is_ok(),
        None => address.starts_with("unix:abstract="),
    }
}

#[cfg(not(target_os = "linux"))]
fn bus_answers() -> bool {
    true
}

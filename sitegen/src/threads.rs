//! How many threads a command works with.

/// Leaves all work to the thread that calls. To be called before anything works in parallel, by a command that builds once: a
/// second thread has to be started, fed and waited for, and has memory of its own (66 ms of processor time instead of 61 at
/// 115 pages; at 7,738, 1.4 s and 136 MiB instead of 1.3 s and 126, for 0.9 s on the clock instead of 1.2). What an editor
/// waits for again and again (`serve`) keeps all threads.
pub(crate) fn take_one() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1);
    // Refused only where threads are there already, which serve as well.
    drop(one.use_current_thread().build_global());
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Signals that a parent had blocked when it started this process stay blocked across `exec`; a service that is to stop on
/// SIGTERM must not depend on who started it.
enum SignalMask {
    /// Lets every signal through to this thread, and to those that it starts.
    static func clear() {
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
    }
}

/// A write error that the kernel makes: files of a process that may not become longer than some size.
enum FileLimit {
    /// What goes before a program so that a write beyond the limit is an error and not the end of it, and so that its log, which
    /// is a file too, is written by another process.
    static func entry(log: String) -> [String] {
        ["bash", "-c", "trap '' XFSZ; exec \"$@\" 2> >(exec cat >>\"$0\")", log]
    }

    /// From now on no write beyond the first page of a file succeeds; what is in the files stays.
    static func impose(on process: Int32) async throws(ChaosError) {
        try await ChildProcess.run(["prlimit", "--pid", String(process), "--fsize=4096:"])
    }
}

import Foundation

/// Wall clocks that show what a file says (libfaketime); monotonic clocks go on as they are.
struct FakeClocks: Sendable {
    let library: String

    static func find() -> FakeClocks? {
        let folders = ["x86_64-linux-gnu/faketime", "aarch64-linux-gnu/faketime", "faketime"]
        let files = folders.flatMap { folder in
            ["/usr/lib", "/usr/local/lib"].map { "\($0)/\(folder)/libfaketimeMT.so.1" }
        }
        return files.first { FileManager.default.fileExists(atPath: $0) }.map(FakeClocks.init)
    }

    /// What goes before a program that is to go by the clock of that file.
    func entry(_ file: String) -> [String] {
        [
            // Two names of one switch: which of them counts depends on the version.
            "env", "DONT_FAKE_MONOTONIC=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_TIMESTAMP_FILE=\(file)",
            "FAKETIME_CACHE_DURATION=\(Limits.clockFileSeconds)", "LD_PRELOAD=\(library)",
            // The library puts a variable into the environment, which moves it away from the arguments, where Swift's runtime
            // looks for them. It finds the variable when a shell has had it put there before.
            "bash", "-c", "exec \"$@\"", "clock",
        ]
    }

    /// Removes what the library keeps for a process that has ended: it never does so itself for one that a shell became.
    func forget(_ process: Int32) {
        unlink("/dev/shm/sem.faketime_sem_\(process)")
        unlink("/dev/shm/faketime_shm_\(process)")
    }

    /// From now on, or a second later, that clock is so many seconds ahead of the right one.
    func set(_ file: String, ahead seconds: Double) throws {
        let text = "\(seconds < 0 ? "-" : "+")\(decimal(abs(seconds)))\n"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// A plain decimal number, whatever its size.
    private func decimal(_ number: Double) -> String {
        let thousandths = Int((number * 1000).rounded())
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}

import Foundation

/// A small file system in memory in the place of a node's data folder, for a node that does not run.
struct SmallDisk: Sendable {
    /// The data folder.
    let path: String

    private var large: String { path + ".large" }
    private var filler: String { path + "/filler" }

    /// Whether a file system may be mounted.
    static func isPermitted(in folder: String) async -> Bool {
        let path = folder + "/probe"
        guard mkdir(path, 0o700) == 0 else { return false }
        defer { rmdir(path) }
        do {
            try await ChildProcess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path])
            try await ChildProcess.run(["umount", path])
            return true
        } catch {
            return false
        }
    }

    /// Moves a data folder to a disk that has little room beyond it.
    func moveIn() async throws {
        let bytes = try FileManager.default.subpathsOfDirectory(atPath: path).reduce(0) { sum, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
            return sum + (attributes[.size] as? Int ?? 0)
        }
        try FileManager.default.moveItem(atPath: path, toPath: large)
        mkdir(path, 0o700)
        let size = (bytes >> 10) + Limits.smallDiskKiB
        try await ChildProcess.run(["mount", "-t", "tmpfs", "-o", "mode=700,size=\(size)k", "tmpfs", path])
        try await ChildProcess.run(["cp", "-a", large + "/.", path])
        try FileManager.default.removeItem(atPath: large)
    }

    /// Takes what is left of the room.
    func fill() {
        let file = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        for size in [65536, 4096, 1] {
            let bytes = [UInt8](repeating: 0, count: size)
            while write(file, bytes, size) > 0 {}
        }
    }

    func free() { unlink(filler) }

    /// The folder where it should be, however far the move in or out of it has come.
    func putBack() async throws {
        if FileManager.default.fileExists(atPath: large) {
            // What is on the large disk is complete until a copy of it is.
            if isMounted { try await ChildProcess.run(["umount", path]) }
            rmdir(path)
            try FileManager.default.moveItem(atPath: large, toPath: path)
        } else if isMounted {
            try await moveOut()
        }
    }

    private var isMounted: Bool {
        var (own, outer) = (stat(), stat())
        return stat(path, &own) == 0 && stat(path + "/..", &outer) == 0 && own.st_dev != outer.st_dev
    }

    /// Moves the folder back to the large disk, as a runbook says: all of it, and the original goes.
    func moveOut() async throws {
        try await ChildProcess.run(["cp", "-a", path + "/.", large])
        try await ChildProcess.run(["umount", path])
        rmdir(path)
        try FileManager.default.moveItem(atPath: large, toPath: path)
    }
}

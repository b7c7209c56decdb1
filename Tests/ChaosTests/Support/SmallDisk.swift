import Foundation
import Testing

/// A small file system in memory, where the machine lets the tests mount one.
struct SmallDisk {
    let path: String

    /// Whether this process may mount: root with the capability, which some containers withhold.
    static let isPermitted: Bool = {
        guard getuid() == 0, let disk = try? SmallDisk(kibibytes: 64) else { return false }
        disk.unmount()
        return true
    }()

    private init(kibibytes: Int) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.run(["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", path])
    }

    private static func run(_ arguments: [String], tool: String = "mount") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(tool) \(arguments)")
    }

    func remount(_ option: String) throws { try Self.run(["-o", "remount,\(option)", path]) }

    private func unmount() {
        try? Self.run([path], tool: "umount")
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Mounts, runs `body`, unmounts.
    static func with(kibibytes: Int, _ body: (SmallDisk) async throws -> Void) async throws {
        let disk = try SmallDisk(kibibytes: kibibytes)
        defer { disk.unmount() }
        try await body(disk)
    }
}

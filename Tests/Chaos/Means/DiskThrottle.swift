import Foundation

/// Lets a process write to its disk so many times a second and no more, fsync included, by the block layer's own means.
struct DiskThrottle: Sendable {
    /// The disk, as `MAJOR:MINOR`.
    private let disk: String
    /// Tells this run's groups from those of another one: in a namespace of its own every process has the same number.
    private let run = String(UInt64.random(in: 0 ... .max), radix: 36)

    private static let groups = "/sys/fs/cgroup/blkio"
    private static let limit = "blkio.throttle.write_iops_device"

    /// For the disk that holds the folder, where this process may do so.
    static func find(for folder: String) -> DiskThrottle? {
        var status = stat()
        guard stat(folder, &status) == 0 else { return nil }
        // The two numbers are interleaved (sys/sysmacros.h, whose macros are not imported).
        let device = UInt64(status.st_dev)
        let (major, minor) = (device >> 8 & 0xFFF | device >> 32 & ~0xFFF, device & 0xFF | device >> 12 & ~0xFF)
        let throttle = DiskThrottle(disk: "\(major):\(minor)")
        do {
            try throttle.make("probe", perSecond: 1_000_000)
            throttle.remove("probe")
            return throttle
        } catch {
            return nil
        }
    }

    func slow(_ process: Int32, _ name: String, perSecond: Int) throws {
        try make(name, perSecond: perSecond)
        try write(String(process), "\(group(name))/cgroup.procs")
    }

    func release(_ process: Int32, _ name: String) {
        // A process that has ended is in no group any more.
        try? write(String(process), "\(Self.groups)/cgroup.procs")
        remove(name)
    }

    private func group(_ name: String) -> String { "\(Self.groups)/dmcheck-chaos-\(run)-\(name)" }

    private func make(_ name: String, perSecond: Int) throws {
        try FileManager.default.createDirectory(atPath: group(name), withIntermediateDirectories: false)
        do {
            try write("\(disk) \(perSecond)", "\(group(name))/\(Self.limit)")
        } catch {
            remove(name)
            throw error
        }
    }

    /// A control group is removed as a folder; what seems to be files in it is no hindrance.
    private func remove(_ name: String) { rmdir(group(name)) }

    private func write(_ text: String, _ file: String) throws {
        try text.write(toFile: file, atomically: false, encoding: .utf8)
    }
}

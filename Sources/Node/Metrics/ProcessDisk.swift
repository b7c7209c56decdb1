#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the system says that this process had written to disks.
enum ProcessDisk {
    /// Bytes handed to storage since the process started; 0 where the system does not say.
    static func bytesWritten() -> Int64 {
        guard let text = try? String(contentsOfFile: "/proc/self/io", encoding: .utf8) else { return 0 }
        for line in text.split(separator: "\n") where line.hasPrefix("write_bytes: ") {
            return Int64(line.dropFirst("write_bytes: ".count)) ?? 0
        }
        return 0
    }
}

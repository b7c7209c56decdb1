import Foundation

/// What the system says of a process, from `/proc`.
struct ProcessFigures: Sendable {
    /// Processor time in user and in kernel mode, in seconds.
    let processorSeconds: Double
    /// Memory held now, and at most so far, in bytes.
    let residentBytes: Int
    let peakResidentBytes: Int
    /// Bytes that the process caused to be written to a disk.
    let writtenBytes: Int

    init(of process: Int32) {
        let stat = Self.text("/proc/\(process)/stat")
        // The second field is the program's name in brackets and may hold anything; utime and stime are 14 and 15.
        let fields = stat.suffix(from: stat.lastIndex(of: ")") ?? stat.startIndex).split(separator: " ")
        let ticks = fields.count > 13 ? (Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0) : 0
        processorSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        let status = Self.text("/proc/\(process)/status")
        residentBytes = Self.number("VmRSS:", in: status) * 1024
        peakResidentBytes = Self.number("VmHWM:", in: status) * 1024
        writtenBytes = Self.number("write_bytes:", in: Self.text("/proc/\(process)/io"))
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func number(_ name: String, in text: String) -> Int {
        for line in text.split(separator: "\n") where line.hasPrefix(name) {
            let digits = line.dropFirst(name.count).drop { !$0.isNumber }.prefix { $0.isNumber }
            return Int(digits) ?? 0
        }
        return 0
    }
}

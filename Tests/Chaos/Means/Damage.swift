import ChaosChecker
import Foundation
import SeededRandom

/// What a bad disk makes of a file that nobody uses.
enum Damage {
    private static let page = 4096

    /// Damages it and says how.
    static func inflict(on file: String, _ random: inout SplitMix64) throws -> String {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        defer { try? handle.close() }
        let size = try Int(handle.seekToEnd())
        let place = Int.random(in: 0..<max(size, 1), using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            try handle.truncate(atOffset: UInt64(place))
            return "\(size) bytes cut off at \(place)"
        case 1:
            let start = place / page * page
            let noise = (0..<min(page, size - start)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            try handle.seek(toOffset: UInt64(start))
            try handle.write(contentsOf: noise)
            return "\(noise.count) bytes of noise at \(start) of \(size)"
        default:
            try handle.seek(toOffset: UInt64(place))
            let byte = try handle.read(upToCount: 1)?.first ?? 0
            let bit = Int.random(in: 0..<8, using: &random)
            try handle.seek(toOffset: UInt64(place))
            try handle.write(contentsOf: [byte ^ (1 << UInt8(bit))])
            return "bit \(bit) of byte \(place) of \(size) flipped"
        }
    }
}

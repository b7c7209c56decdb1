import Foundation
import SeededRandom

/// What a hostile sender has at hand: the corpus of bad input of the HTTP face's own tests.
struct BadInput {
    /// Whole requests, as they go over the wire.
    let requests: [[UInt8]]
    /// What is not JSON.
    let malformed: [[UInt8]]
    /// JSON that no call takes.
    let misshapen: [[UInt8]]
    /// Paths with queries.
    let targets: [[UInt8]]

    init() throws {
        requests = try Self.files("framing/400") + Self.files("framing/431")
        malformed = try Self.files("bodies/malformed")
        misshapen = try Self.files("bodies/misshapen")
        targets = try Self.files("targets").flatMap { $0.split(separator: UInt8(ascii: "\n")).map(Array.init) }
    }

    private static func files(_ folder: String) throws -> [[UInt8]] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("NodeTests/Corpus").appendingPathComponent(folder)
        return try FileManager.default.contentsOfDirectory(atPath: path.path).sorted().map { name in
            Array(try Data(contentsOf: path.appendingPathComponent(name)))
        }
    }

    /// Bodies that are large or deep, each beyond some limit.
    static let extremes: [[UInt8]] = [
        Array(repeating: UInt8(ascii: "["), count: 200_000),
        Array((String(repeating: #"{"a":"#, count: 100_000)).utf8),
        Array(#"{"users":["#.utf8) + Array(repeating: UInt8(ascii: "9"), count: 1_000_000) + Array("]}".utf8),
        Array(#"{"users":[""#.utf8) + Array(repeating: UInt8(ascii: "a"), count: 5_000_000) + Array("\"]}".utf8),
        Array(("{" + (0..<60_000).map { "\"k\($0)\":0" }.joined(separator: ",") + "}").utf8),
    ]
}

extension SplitMix64 {
    /// One or a few of: a byte changed, a piece cut out, repeated or brought in from elsewhere, the end cut off.
    mutating func mutate(_ bytes: [UInt8], with others: [[UInt8]]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let start = Int.random(in: 0...bytes.count, using: &self)
            let end = min(bytes.count, start + Int.random(in: 0...16, using: &self))
            switch Int.random(in: 0..<6, using: &self) {
            case 0:
                bytes.replaceSubrange(start..<end, with: (start..<end).map { _ in .random(in: 0...255, using: &self) })
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: bytes.insert(contentsOf: others.randomElement(using: &self)?.prefix(64) ?? [], at: start)
            case 4: bytes.insert(Self.sharp.randomElement(using: &self) ?? 0, at: start)
            default: bytes.removeSubrange(end...)
            }
        }
        return bytes
    }

    /// Bytes that mean something to a parser of HTTP, of JSON or of a target.
    private static let sharp: [UInt8] = [0, 9, 10, 13, 0x7F, 0x80, 0xC0, 0xFF] + Array(" \"%&+,/:;=?[\\]{}".utf8)
}

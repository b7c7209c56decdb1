import SeededRandom
import Testing
import Wire

/// Bytes that are not what they should be: at random, or a genuine form with a few things done to it.
enum Mutilation {
    static func noise(_ random: inout Chance) -> [UInt8] {
        (0..<random.index(below: 200)).map { _ in
            // Small numbers are kinds and lengths: they get further.
            let byte = random.next()
            return UInt8(truncatingIfNeeded: byte & 1 == 0 ? byte >> 8 & 7 : byte >> 8)
        }
    }

    static func mutilated(_ genuine: [UInt8], _ random: inout Chance) -> [UInt8] {
        var bytes = genuine
        for _ in 0...random.index(below: 3) {
            let place = random.index(below: bytes.count + 1)
            switch random.index(below: 6) {
            case 0: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            case 1: bytes.removeSubrange(place...)
            case 2 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.index(below: 8))
            case 3 where place < bytes.count: bytes[place] = random.chance(1, in: 2) ? 255 : 0
            case 4 where place < bytes.count: bytes.remove(at: place)
            default: bytes += bytes.prefix(place)
            }
        }
        return bytes
    }

    /// Decodes `count` inputs, half of them noise. Each gives a value that encodes to the same bytes, or an error.
    static func assault<Value: BinaryCodable>(
        _ type: Value.Type, seed: UInt64, count: Int = 100_000, of sample: (inout Chance) throws -> Value
    ) throws {
        var random = Chance(seed: seed)
        var decoded = 0
        var genuine = try sample(&random).bytes()
        for round in 0..<count {
            if round % 16 == 0 { genuine = try sample(&random).bytes() }
            let input = round % 2 == 0 ? noise(&random) : mutilated(genuine, &random)
            guard let value = try? Value(bytes: input) else { continue }
            decoded += 1
            let again = value.bytes()
            if again != input || again.count != value.encodedByteCount {
                Issue.record("seed \(seed), round \(round): \(input) became \(again)")
            }
        }
        #expect(decoded > count / 50, "some of what is altered is still a value")
    }
}

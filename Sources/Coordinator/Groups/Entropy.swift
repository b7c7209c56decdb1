import Consensus

/// A few random words of the caller's, so that conversations need not pass a source of randomness along.
///
/// What one event decides needs a handful of words: a permutation takes one seed, an invite two words. Draws of
/// commands, which lease ids come from, are taken from the caller's source itself.
struct Entropy: Sendable {
    /// Words that one event may use.
    static let words = 16
    private var pool: [UInt64] = []

    mutating func fill(using random: inout some RandomNumberGenerator) {
        while pool.count < Self.words { pool.append(random.next()) }
    }

    mutating func word() -> UInt64 {
        precondition(!pool.isEmpty, "one event uses at most \(Self.words) random words")
        return pool.removeLast()
    }

    /// 32 random bytes, from four words.
    mutating func key() -> [UInt8] {
        (0..<4).flatMap { _ in withUnsafeBytes(of: word().bigEndian) { Array($0) } }
    }

    /// A random permutation of `elements`, from one word.
    mutating func permutation<Element>(of elements: [Element]) -> [Element] {
        guard elements.count > 1 else { return elements }
        var generator = SplitMix64(seed: word())
        return elements.shuffled(using: &generator)
    }
}

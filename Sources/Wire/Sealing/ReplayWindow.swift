/// Which counters of one life were seen: the newest, and those less than ``width`` below it (RFC 6479: a ring of words,
/// so that advancing shifts nothing). What is older counts as seen.
package struct ReplayWindow: Sendable {
    private static let wordBits = UInt64(UInt64.bitWidth)
    private static let wordCount = UInt64(WireLimits.replayWindow) / wordBits
    /// Counters below the newest that can be told apart, at least: one word is always partly ahead of it.
    package static let width = (wordCount - 1) * wordBits

    private var newest: UInt64 = 0
    private var words: [UInt64]

    /// Counters begin with 1, so 0 counts as seen.
    package init() {
        words = Array(repeating: 0, count: Int(Self.wordCount))
        words[0] = 1
    }

    /// Notes a counter; `false` when it was seen already.
    package mutating func admit(_ counter: UInt64) -> Bool {
        let word = counter / Self.wordBits
        if counter > newest {
            let passed = min(word - newest / Self.wordBits, Self.wordCount)
            for step in 0..<passed { words[place(of: word - step)] = 0 }
            newest = counter
        } else if newest - counter >= Self.width {
            return false
        }
        let bit: UInt64 = 1 << (counter % Self.wordBits)
        guard words[place(of: word)] & bit == 0 else { return false }
        words[place(of: word)] |= bit
        return true
    }

    private func place(of word: UInt64) -> Int { Int(word % Self.wordCount) }
}

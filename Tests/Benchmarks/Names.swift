import SeededRandom

/// Screen names that are made up, distinct, and scattered as real ones are: no two neighbours share a beginning.
struct Names {
    private let count: Int

    init(count: Int) {
        self.count = count
    }

    /// The list as a CSV with its header, every third user with a 19-digit account id.
    func csv() -> [UInt8] {
        var text: [UInt8] = Array("screenName,accountID\n".utf8)
        text.reserveCapacity(count * 20)
        var random = SplitMix64(seed: 11)
        for index in 0..<count {
            append(name: index, to: &text, random: &random)
            text.append(UInt8(ascii: ","))
            if index % 3 == 0 {
                text.append(
                    contentsOf: String(9_000_000_000_000_000_000 + random.next() % 200_000_000_000_000_000).utf8)
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// 3 to 12 letters by chance, then the index in base 36, so that no two are alike: 10 to 11 characters on average.
    private func append(name index: Int, to text: inout [UInt8], random: inout SplitMix64) {
        let letters = Array("etaoinshrdlucmfwypvbgkjqxz_".utf8)
        var draw = random.next()
        for _ in 0..<(3 + draw % 8) {
            draw = random.next()
            text.append(letters[Int(draw % UInt64(letters.count))])
        }
        text.append(UInt8(ascii: "_"))
        text.append(contentsOf: String(index, radix: 36).utf8)
    }
}

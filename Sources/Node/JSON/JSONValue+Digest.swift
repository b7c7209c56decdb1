import Crypto

extension JSONValue {
    /// SHA-256 of what the value *is*: white space, the order of keys, escapes and the spelling of numbers do not
    /// matter. Two bodies with equal digests are the same body as parsed JSON.
    package var canonicalDigest: [UInt8] {
        var writer = JSONWriter()
        write(canonicallyTo: &writer)
        return Array(SHA256.hash(data: writer.bytes))
    }

    private func write(canonicallyTo writer: inout JSONWriter) {
        switch kind {
        case .null: writer.null()
        case .false: writer.value(false)
        case .true: writer.value(true)
        case .number: writer.raw((number?.canonicalText ?? "").utf8)
        case .string: writer.value(string ?? "")
        case .array: writer.array { for element in elements { element.write(canonicallyTo: &$0) } }
        case .object:
            let sorted = members.map { (key: $0.key.text, value: $0.value) }
                .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            writer.object {
                for member in sorted {
                    $0.key(named: member.key)
                    member.value.write(canonicallyTo: &$0)
                }
            }
        }
    }
}

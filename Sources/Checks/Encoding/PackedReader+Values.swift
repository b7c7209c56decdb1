import HashRing

/// The domain's values in the packed layouts: what is read is valid, or an error.
extension PackedReader {
    /// `length` bytes that are a folded screen name.
    mutating func screenName(_ length: Int) throws(CommandDecodingError) -> ScreenName {
        try WireField.screenName(text(length))
    }

    /// A length, then a folded screen name.
    mutating func screenName() throws(CommandDecodingError) -> ScreenName { try screenName(count()) }

    mutating func account() throws(CommandDecodingError) -> AccountID {
        guard let account = AccountID(text()) else { throw .malformed("account") }
        return account
    }

    mutating func service() throws(CommandDecodingError) -> ServiceName { try WireField.service(text()) }

    mutating func shard() throws(CommandDecodingError) -> ShardID {
        try WireField.shard(UInt32(clamping: varint()))
    }

    mutating func client() -> ClientID { ClientID(rawValue: varint()) }

    mutating func slot() -> SlotID { SlotID(rawValue: varint()) }

    mutating func heldLease() throws(CommandDecodingError) -> LeaseID {
        guard let lease = lease() else { throw .malformed("lease") }
        return lease
    }

    mutating func code<Value: PackedCode>() throws(CommandDecodingError) -> Value {
        let code = byte()
        guard let value = Value(code: code) else { throw .malformed("\(Value.self) \(code)") }
        return value
    }

    /// A count of things, which its reader may add up over all shards.
    mutating func tally() throws(CommandDecodingError) -> Int {
        let value = count()
        guard value <= Limits.tally else { throw .malformed("count \(value)") }
        return value
    }
}

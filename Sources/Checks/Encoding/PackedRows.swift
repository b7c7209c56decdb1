/// The rows of a command, packed.
///
/// - A *user*: one byte with the name's length in its low four bits and 0x10 set when an account id follows; the name; the
///   account id's length in a byte and its digits.
/// - A *name*: its length in a byte, then the name.
/// - A *result*: the same first byte with 0x20 for `checkedAt` and 0x40 for a note; the verdict's byte with 0x80 for
///   `followsChecker`; the name; what the bits announce, in this order: account id, moment, note.
enum PackedRows {
    fileprivate static let hasAccount: UInt8 = 0x10
    private static let hasMoment: UInt8 = 0x20
    private static let hasNote: UInt8 = 0x40
    private static let follows: UInt8 = 0x80

    static func pack(users: [UserReference]) -> [UInt8] {
        var writer = PackedWriter(capacity: users.count * 16)
        for user in users { user.pack(into: &writer) }
        return writer.bytes
    }

    static func unpackUsers(_ bytes: [UInt8]) throws(CommandDecodingError) -> [UserReference] {
        var reader = PackedReader(bytes)
        var users: [UserReference] = []
        users.reserveCapacity(bytes.count / 12)
        while !reader.atEnd { users.append(try UserReference(from: &reader)) }
        if reader.failed { throw .malformed("users") }
        return users
    }

    static func pack(names: [ScreenName]) -> [UInt8] {
        var writer = PackedWriter(capacity: names.count * 14)
        for name in names { writer.text(name.folded) }
        return writer.bytes
    }

    static func unpackNames(_ bytes: [UInt8]) throws(CommandDecodingError) -> [ScreenName] {
        var reader = PackedReader(bytes)
        var names: [ScreenName] = []
        while !reader.atEnd { names.append(try reader.screenName()) }
        if reader.failed { throw .malformed("names") }
        return names
    }

    static func pack(results: [ReportedResult]) -> [UInt8] {
        var writer = PackedWriter(capacity: results.count * 16)
        for row in results {
            let name = row.screenName.folded.utf8
            var head = UInt8(name.count)
            if row.accountID != nil { head |= hasAccount }
            if row.checkedAt != nil { head |= hasMoment }
            if row.note != nil { head |= hasNote }
            writer.byte(head)
            writer.byte(row.verdict.rawValue | (row.followsChecker ? follows : 0))
            writer.raw(name)
            if let account = row.accountID { writer.text(account.digits) }
            if let moment = row.checkedAt { writer.time(moment) }
            if let note = row.note { writer.text(note) }
        }
        return writer.bytes
    }

    static func unpackResults(_ bytes: [UInt8]) throws(CommandDecodingError) -> [ReportedResult] {
        var reader = PackedReader(bytes)
        var results: [ReportedResult] = []
        results.reserveCapacity(bytes.count / 12)
        while !reader.atEnd {
            let head = reader.byte()
            let said = reader.byte()
            guard let verdict = Verdict(rawValue: said & ~follows) else { throw .malformed("verdict") }
            let name = try reader.screenName(Int(head & 0xF))
            results.append(
                ReportedResult(
                    screenName: name, accountID: head & hasAccount == 0 ? nil : try reader.account(),
                    verdict: verdict, followsChecker: said & follows != 0,
                    checkedAt: head & hasMoment == 0 ? nil : reader.time(),
                    note: head & hasNote == 0 ? nil : reader.text()))
        }
        if reader.failed { throw .malformed("results") }
        return results
    }
}

/// The row of a user, as ``PackedRows`` describes it.
extension UserReference: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        let name = screenName.folded.utf8
        writer.byte(UInt8(name.count) | (accountID == nil ? 0 : PackedRows.hasAccount))
        writer.raw(name)
        if let accountID { writer.text(accountID.digits) }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let head = reader.byte()
        guard head & ~(0xF | PackedRows.hasAccount) == 0 else { throw .malformed("user") }
        self.init(
            screenName: try reader.screenName(Int(head & 0xF)),
            accountID: head & PackedRows.hasAccount == 0 ? nil : try reader.account())
    }
}

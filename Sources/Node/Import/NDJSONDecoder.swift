import Checks

/// `{"screenName": "...", "accountID": "..."}`, one a line; empty lines are skipped.
package struct NDJSONDecoder: Sendable {
    private var lines = LineSplitter(limit: ImportLimits.lineBytes)

    package init() {}

    mutating func push(_ chunk: UnsafeBufferPointer<UInt8>, into batch: inout ImportBatch) {
        lines.push(chunk) { Self.read($0, into: &batch) }
    }

    mutating func finish(into batch: inout ImportBatch) {
        lines.finish { Self.read($0, into: &batch) }
    }

    private static func read(_ line: LineSplitter.Line, into batch: inout ImportBatch) {
        guard !line.isTooLong else {
            return batch.refuse(line.number, line.bytes, .lineTooLong)
        }
        guard line.bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        do throws(JSONSyntaxError) {
            batch.judge(try JSONDocument(parsing: Array(line.bytes)).root, line: line.number)
        } catch {
            batch.refuse(line.number, line.bytes, .malformedRow)
        }
    }
}

extension ImportBatch {
    mutating func refuse(_ line: Int, _ bytes: some Collection<UInt8>, _ reason: InvalidRow.Reason) {
        // Four bytes a character at most.
        let shown = String(decoding: bytes.prefix(ImportLimits.shownCharacters * 4), as: UTF8.self)
        invalid.append(InvalidRow(line: line, value: shown, reason: reason))
    }

    /// One row of JSON: of a stream, or of the array `users` of a body.
    package mutating func judge(_ row: JSONValue, line: Int) {
        var screenName: String?
        var accountID: String?
        for member in row.members {
            if member.key == "screenName", let text = member.value.string {
                screenName = text
            } else if member.key == "accountID", let text = member.value.string {
                accountID = text
            } else {
                return refuse(line, row.text, .malformedRow)
            }
        }
        guard let screenName else { return refuse(line, row.text, .malformedRow) }
        judge(screenName, accountID, line: line)
    }

    /// Checks the form of a row's fields.
    mutating func judge(_ screenName: String, _ accountID: String?, line: Int) {
        guard let name = ScreenName(screenName) else { return refuse(line, screenName.utf8, .invalidScreenName) }
        guard let accountID else {
            return rows.append(ImportRow(line: line, user: UserReference(screenName: name)))
        }
        guard let id = AccountID(accountID) else { return refuse(line, accountID.utf8, .invalidAccountID) }
        rows.append(ImportRow(line: line, user: UserReference(screenName: name, accountID: id)))
    }
}

extension JSONValue {
    /// The value as it was written; of an object or array what fits on a line of an answer.
    var text: ArraySlice<UInt8> {
        let start = Int(node.start)
        switch node.kind {
        case .array, .object: return bracketed(document.bytes[start...].prefix(ImportLimits.shownCharacters * 4))
        default: return document.bytes[start..<start + Int(node.length)]
        }
    }

    /// As far as the bracket that closes the first one; all of it when that one lies further on.
    private func bracketed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var depth = 0
        var isText = false
        var isEscaped = false
        for (index, byte) in zip(bytes.indices, bytes) {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = isText
            case UInt8(ascii: "\""): isText.toggle()
            case _ where isText: continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return bytes[...index] }
            default: break
            }
        }
        return bytes
    }
}

/// The fields of one record.
struct CSVRecord {
    private enum Storage {
        /// Without quotes: cut where it stands when a field is asked for.
        case plain(UnsafeBufferPointer<UInt8>, commas: Int)
        case unquoted([[UInt8]])
    }

    private let storage: Storage

    init(plain bytes: UnsafeBufferPointer<UInt8>) {
        storage = .plain(bytes, commas: bytes.count { $0 == UInt8(ascii: ",") })
    }

    /// `nil` when the quotes do not stand where RFC 4180 puts them.
    init?(quoted bytes: UnsafeBufferPointer<UInt8>) {
        var fields: [[UInt8]] = []
        var index = 0
        repeat {
            var field: [UInt8] = []
            if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                index += 1
                while true {
                    guard index < bytes.count else { return nil }
                    if bytes[index] != UInt8(ascii: "\"") {
                        field.append(bytes[index])
                        index += 1
                    } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
                        field.append(UInt8(ascii: "\""))
                        index += 2
                    } else {
                        index += 1
                        break
                    }
                }
                guard index == bytes.count || bytes[index] == UInt8(ascii: ",") else { return nil }
            } else {
                while index < bytes.count, bytes[index] != UInt8(ascii: ",") {
                    guard bytes[index] != UInt8(ascii: "\"") else { return nil }
                    field.append(bytes[index])
                    index += 1
                }
            }
            fields.append(field)
            index += 1
        } while index <= bytes.count
        storage = .unquoted(fields)
    }

    var count: Int {
        switch storage {
        case .plain(_, let commas): commas + 1
        case .unquoted(let fields): fields.count
        }
    }

    /// The text of a field; what is not UTF-8 is replaced, and no name or id holds a replacement.
    subscript(column: Int) -> String? {
        switch storage {
        case .unquoted(let fields):
            return column < fields.count ? String(decoding: fields[column], as: UTF8.self) : nil
        case .plain(let bytes, let commas):
            guard column <= commas else { return nil }
            var start = 0
            for _ in 0..<column {
                while bytes[start] != UInt8(ascii: ",") { start += 1 }
                start += 1
            }
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: ",") { end += 1 }
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
        }
    }
}

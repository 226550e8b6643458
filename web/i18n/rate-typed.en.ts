import type { RateTypedWords } from './rate-typed.vi.ts'

export const rateTypedEn: RateTypedWords = {
  withdrawTitle: 'Withdraw a rating',
  withdrawIntro: 'Enter the code you received after sending the form.',
  withdrawCode: 'Withdrawal code',
  withdrawCodeHint: 'For example K7QM-2XTP-9HWD-4RFS-8NVA. Capital or small letters.',
  withdrawFormat: 'The code is incomplete or has a wrong character. Please check it.',
  errorPrefix: 'Error: ',
  slipCode: 'I have a paper slip and want to rate',
  codeTitle: 'Open a rating form',
  codeIntro: 'Enter the code of 8 characters printed on your slip.',
  code: 'Code',
  codeHint: 'Example: K7JM-2XTP. Capital and small letters are the same.',
  codeFormat: 'A code has 8 letters and digits. Please check it.',
  codeLetters:
    'Codes have only the letters C F H J K M N P R T V X and the digits 2 to 9. Please compare with the printed code.',
  codeOpen: 'Open the form',
}

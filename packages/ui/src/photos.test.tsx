import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Photos, type TakenPhoto } from './photos.tsx';

/** A form with photos whose upload ends when the test says so, and what was submitted of it. */
function form() {
  const submitted: string[][] = [];
  let end: (error?: Error) => void = () => undefined;
  function Form() {
    const [photos, setPhotos] = useState<readonly TakenPhoto[]>([]);
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submitted.push(photos.map(({ sha256 }) => sha256));
        }}
      >
        <Photos
          photos={photos}
          onChange={setPhotos}
          onUpload={() =>
            new Promise((resolve, reject) => {
              end = (error) => (error ? reject(error) : resolve({ sha256: 'a' }));
            })
          }
        />
        <button type="submit">提交</button>
      </form>
    );
  }
  render(<Form />);
  const choose = () => {
    const input = document.querySelector('input[type=file]');
    if (input) fireEvent.change(input, { target: { files: [new File(['x'], 'one.png', { type: 'image/png' })] } });
  };
  return {
    submitted,
    choose,
    submit: () => fireEvent.click(screen.getByText('提交')),
    end: (error?: Error) => end(error),
  };
}

describe('given a form with photos', () => {
  it('when it is submitted while a photo is under way, then it goes once, with the photo', async () => {
    const { submitted, choose, submit, end } = form();
    choose();
    submit();
    submit();
    expect(submitted).toEqual([]);
    end();
    await waitFor(() => expect(submitted).toEqual([['a']]));
  });

  it('when that photo cannot be taken, then the form stays', async () => {
    const { submitted, choose, submit, end } = form();
    choose();
    submit();
    await act(async () => end(new Error('not a photo')));
    expect(screen.getByRole('alert')).toBeDefined();
    expect(submitted).toEqual([]);
    submit();
    expect(submitted).toEqual([[]]);
  });
});

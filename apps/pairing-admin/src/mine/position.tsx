import { EnvironmentOutlined } from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** Where the visit was, or why that is not known. */
export interface Place {
  readonly position?: { readonly latitude: number; readonly longitude: number };
  readonly reason: string;
}

const PATIENCE_MS = 15_000;

/** Takes the phone's position on one press; when it gives none, asks why. */
export function PositionField({
  place,
  onChange,
}: {
  readonly place: Place;
  readonly onChange: (place: Place) => void;
}) {
  const t = useText<TextKey>();
  const [asking, setAsking] = useState(false);
  const locate = () => {
    setAsking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setAsking(false);
        onChange({ ...place, position: { latitude, longitude } });
      },
      () => setAsking(false),
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    );
  };
  return (
    <>
      <Button size="large" block className="pa-big" icon={<EnvironmentOutlined />} loading={asking} onClick={locate}>
        {t(place.position ? 'visit.located' : 'visit.locate')}
      </Button>
      {!place.position && (
        <Input
          size="large"
          aria-label={t('visit.noPosition')}
          placeholder={t('visit.noPosition')}
          value={place.reason}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      )}
    </>
  );
}
